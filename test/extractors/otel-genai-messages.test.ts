import { describe, expect, it } from "vitest";
import { briefly, read, span } from "../support/otel-spans.ts";

describe("otel-genai: a call and its answer in each provider's messages", () => {
  const asked = { role: "user", content: "Look around." };
  const shapes: Record<string, [input: unknown, answer: unknown, again: unknown]> = {
    "OpenAI chat": [
      { messages: [asked] },
      {
        choices: [
          {
            message: {
              role: "assistant",
              content: null,
              tool_calls: [
                {
                  id: "call_1234567",
                  type: "function",
                  function: { name: "bash", arguments: '{"command":"ls"}' },
                },
              ],
            },
          },
        ],
      },
      { messages: [asked, { role: "tool", tool_call_id: "call_1234567", content: "a.txt" }] },
    ],
    "OpenAI responses": [
      [asked],
      {
        object: "response",
        output: [
          {
            type: "function_call",
            id: "fc_1",
            call_id: "call_1234567",
            name: "bash",
            arguments: '{"command":"ls"}',
          },
        ],
      },
      [asked, { type: "function_call_output", call_id: "call_1234567", output: "a.txt" }],
    ],
    Anthropic: [
      { messages: [asked] },
      {
        role: "assistant",
        content: [{ type: "tool_use", id: "call_1234567", name: "bash", input: { command: "ls" } }],
      },
      {
        messages: [
          asked,
          {
            role: "user",
            content: [
              {
                type: "tool_result",
                tool_use_id: "call_1234567",
                content: [{ type: "text", text: "a.txt" }],
              },
            ],
          },
        ],
      },
    ],
    Bedrock: [
      [{ role: "user", content: [{ text: "Look around." }] }],
      {
        output: {
          message: {
            role: "assistant",
            content: [{ toolUse: { toolUseId: "call_1234567", name: "bash", input: { command: "ls" } } }],
          },
        },
      },
      [
        {
          role: "user",
          content: [
            { toolResult: { toolUseId: "call_1234567", content: [{ text: "a.txt" }], status: "success" } },
          ],
        },
      ],
    ],
    Gemini: [
      { contents: [{ role: "user", parts: [{ text: "Look around." }] }] },
      {
        candidates: [
          {
            content: {
              role: "model",
              parts: [{ functionCall: { id: "call_1234567", name: "bash", args: { command: "ls" } } }],
            },
          },
        ],
      },
      {
        contents: [
          {
            role: "user",
            parts: [{ functionResponse: { id: "call_1234567", name: "bash", response: "a.txt" } }],
          },
        ],
      },
    ],
    LangChain: [
      {
        messages: [
          [
            {
              lc: 1,
              type: "constructor",
              id: ["langchain", "HumanMessage"],
              kwargs: { content: "Look around." },
            },
          ],
        ],
      },
      {
        generations: [
          [
            {
              message: {
                lc: 1,
                type: "constructor",
                id: ["langchain", "AIMessage"],
                kwargs: {
                  content: "",
                  tool_calls: [{ name: "bash", args: { command: "ls" }, id: "call_1234567" }],
                },
              },
            },
          ],
        ],
      },
      {
        messages: [
          [
            {
              lc: 1,
              type: "constructor",
              id: ["langchain", "ToolMessage"],
              kwargs: { content: "a.txt", tool_call_id: "call_1234567" },
            },
          ],
        ],
      },
    ],
    "AI SDK": [
      [asked],
      [{ toolCallId: "call_1234567", toolName: "bash", input: '{"command":"ls"}' }],
      [
        asked,
        {
          role: "tool",
          content: [
            {
              type: "tool-result",
              toolCallId: "call_1234567",
              toolName: "bash",
              output: { type: "text", value: "a.txt" },
            },
          ],
        },
      ],
    ],
  };
  it.each(Object.entries(shapes))("%s", (_, [input, answer, again]) => {
    const trajectory = read(
      span("01", {
        "openinference.span.kind": "LLM",
        "input.value": JSON.stringify(input),
        "output.value": JSON.stringify(answer),
      }),
      span("02", {
        "openinference.span.kind": "LLM",
        "input.value": JSON.stringify(again),
        "output.value": "A file.",
      }),
    );
    expect(trajectory.task).toBe("Look around.");
    expect(briefly(trajectory)).toEqual([["ls", "a.txt", "call_1234567"]]);
  });
});
