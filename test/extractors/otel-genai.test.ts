import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/otel-genai/index.ts";
import { discoverRuns, placeOf } from "../../src/extract/discover.ts";
import { checkFidelity } from "../../src/extract/fidelity/index.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { briefly, chat, read, span, TRACE, tool } from "../support/otel-spans.ts";
import { tempRun } from "../support/temp-run.ts";

describe("otel-genai: dialects of tool spans", () => {
  const dialects: Record<string, [attributes: Record<string, unknown>, events?: unknown[]]> = {
    OpenInference: [
      {
        "openinference.span.kind": "TOOL",
        "tool.name": "grep",
        "input.value": '{"pattern":"x"}',
        "output.value": "a:1",
      },
    ],
    "nested attributes": [
      {
        openinference: { span: { kind: "TOOL" } },
        tool: { name: "grep" },
        input: { value: '{"pattern":"x"}' },
        output: { value: "a:1" },
      },
    ],
    "AI SDK": [
      {
        "ai.operationId": "ai.toolCall",
        "ai.toolCall.name": "grep",
        "ai.toolCall.args": '{"pattern":"x"}',
        "ai.toolCall.result": '"a:1"',
      },
    ],
    OpenLLMetry: [
      {
        "traceloop.span.kind": "tool",
        "traceloop.entity.name": "grep",
        "traceloop.entity.input": '{"input_str":"{}","tags":[],"inputs":{"pattern":"x"}}',
        "traceloop.entity.output": '{"output":{"kwargs":{"content":"a:1","tool_call_id":"c"}}}',
      },
    ],
    "Pydantic AI": [{ "gen_ai.tool.name": "grep", tool_arguments: '{"pattern":"x"}', tool_response: "a:1" }],
    "Google ADK": [
      {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "grep",
        "gcp.vertex.agent.tool_call_args": '{"pattern":"x"}',
        "gcp.vertex.agent.tool_response": "a:1",
      },
    ],
    Strands: [
      { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "grep" },
      [
        { name: "gen_ai.tool.message", attributes: { role: "tool", content: '{"pattern":"x"}' } },
        { name: "gen_ai.choice", attributes: { message: '[{"text":"a:1"}]' } },
      ],
    ],
    smolagents: [
      {
        "openinference.span.kind": "TOOL",
        "tool.name": "grep",
        "tool.parameters": '{"pattern":{"type":"string"}}',
        "input.value": '{"args":[],"kwargs":{"pattern":"x"}}',
        "output.value": "a:1",
      },
    ],
  };
  it.each(Object.entries(dialects))("%s", (_, [attributes, events = []]) => {
    expect(briefly(read(span("01", attributes, { events })))).toEqual([
      ['grep {"pattern":"x"}', "a:1", undefined],
    ]);
  });
});

describe("otel-genai: each call is one step", () => {
  const call = (id: string | undefined, command: string): unknown => ({
    role: "assistant",
    parts: [{ type: "tool_call", ...(id === undefined ? {} : { id }), name: "bash", arguments: { command } }],
  });
  const answer = (id: string | undefined, response: string): unknown => ({
    role: "tool",
    parts: [{ type: "tool_call_response", ...(id === undefined ? {} : { id }), name: "bash", response }],
  });
  const turn = (input: unknown[], output: unknown[]): Record<string, unknown> =>
    chat({
      "gen_ai.input.messages": JSON.stringify(input),
      "gen_ai.output.messages": JSON.stringify(output),
    });

  it("keeps the same command twice apart where ids are missing", () => {
    const trajectory = read(
      span("01", turn([], [call(undefined, "date")])),
      span("02", turn([call(undefined, "date"), answer(undefined, "Monday")], [call(undefined, "date")])),
      span(
        "03",
        turn(
          [
            call(undefined, "date"),
            answer(undefined, "Monday"),
            call(undefined, "date"),
            answer(undefined, "Tuesday"),
          ],
          [],
        ),
      ),
    );
    expect(trajectory.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ["date", "Monday"],
      ["date", "Tuesday"],
    ]);
  });

  it("keeps calls apart whose ids start again with each answer", () => {
    const trajectory = read(
      span("01", turn([], [call("call_0", "ls")])),
      span(
        "02",
        tool({
          "gen_ai.tool.name": "bash",
          "gen_ai.tool.call.id": "call_0",
          "gen_ai.tool.call.arguments": '{"command":"ls"}',
          "gen_ai.tool.call.result": "a",
        }),
      ),
      span("03", turn([call("call_0", "ls"), answer("call_0", "a")], [call("call_0", "pwd")])),
      span(
        "04",
        tool({
          "gen_ai.tool.name": "bash",
          "gen_ai.tool.call.id": "call_0",
          "gen_ai.tool.call.arguments": '{"command":"pwd"}',
          "gen_ai.tool.call.result": "/",
        }),
      ),
    );
    expect(briefly(trajectory)).toEqual([
      ["ls", "a", "call_0"],
      ["pwd", "/", undefined],
    ]);
  });

  it("takes spans of two instrumentations for one call as one", () => {
    const args = { "tool.name": "grep", "input.value": '{"pattern":"x"}' };
    const trajectory = read(
      span("01", { "openinference.span.kind": "TOOL", ...args, "output.value": "a:1" }, { from: 1 }),
      span(
        "02",
        {
          "mcp.method.name": "tools/call",
          "gen_ai.tool.name": "grep",
          "gen_ai.tool.call.arguments": '{"pattern":"x"}',
        },
        { parent: "01", from: 1.1 },
      ),
    );
    expect(briefly(trajectory)).toEqual([['grep {"pattern":"x"}', "a:1", undefined]]);
  });

  it("leaves out what was called before the trace, and takes what only a later request shows", () => {
    const before = [
      { role: "user", parts: [{ type: "text", content: "first" }] },
      call("call_old00001", "ls"),
      answer("call_old00001", "a"),
      { role: "assistant", parts: [{ type: "text", content: "done" }] },
      { role: "user", parts: [{ type: "text", content: "second" }] },
    ];
    const trajectory = read(
      span("01", turn(before, [])),
      span("02", turn([...before, call("call_new00001", "pwd"), answer("call_new00001", "/")], [])),
    );
    expect(trajectory.task).toBe("second");
    expect(briefly(trajectory)).toEqual([["pwd", "/", "call_new00001"]]);
  });

  it("reads the conversation off the agent's span where no model has one", () => {
    const messages = [
      { role: "user", parts: [{ type: "text", content: "go" }] },
      call("call_one00001", "ls"),
      answer("call_one00001", "a"),
    ];
    const trajectory = read(
      span("01", {
        agent_name: "helper",
        "gen_ai.operation.name": "invoke_agent",
        "pydantic_ai.all_messages": JSON.stringify(messages),
      }),
    );
    expect(trajectory.task).toBe("go");
    expect(briefly(trajectory)).toEqual([["ls", "a", "call_one00001"]]);
  });

  it("says that a call without a result may not have run", () => {
    const trajectory = read(span("01", turn([], [call("call_one00001", "ls")])));
    expect(trajectory.warnings.map(({ message }) => message)).toEqual([
      "calls of the model without a result: 1; whether they ran is not recorded",
    ]);
  });
});

describe("otel-genai: files of several traces", () => {
  const step = (id: string, trace: string, command: string): unknown =>
    span(
      id,
      tool({ "gen_ai.tool.name": "bash", "gen_ai.tool.call.arguments": JSON.stringify({ command }) }),
      { trace },
    );
  const other = "ffffffffffffffffffffffffffffffff";
  const web = span(
    "09",
    { "http.method": "GET" },
    { trace: "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee", name: "GET /" },
  );

  it.each([
    ["lines", (spans: unknown[]) => spans.map((record) => JSON.stringify(record)).join("\n"), [2, 3]],
    ["one line", (spans: unknown[]) => JSON.stringify(spans), [1, 2]],
  ])("are runs by themselves, web requests are none: %s", (_, write, rows) => {
    const text = write([web, step("01", TRACE, "one"), step("02", other, "two"), step("03", TRACE, "three")]);
    const { runs } = discoverRuns(openDirectory(tempRun({ "spans.jsonl": text })), EXTRACTORS);
    expect(runs.map(placeOf)).toEqual(rows.map((row) => `spans.jsonl:${row}`));
    const read = runs.map((run) => extractor.extract(run.files));
    expect(read.map(({ steps }) => steps.map(({ action }) => action))).toEqual([["one", "three"], ["two"]]);
    for (const [index, run] of runs.entries()) {
      const trajectory = read[index];
      const checks = trajectory ? checkFidelity(extractor, run.files, trajectory).checks : [];
      expect(checks.filter(({ passed }) => passed === false)).toEqual([]);
    }
  });
});

describe("otel-genai: hostile and foreign files", () => {
  it.each([
    [
      "spans of a web server",
      JSON.stringify({
        resourceSpans: [
          {
            scopeSpans: [
              { spans: [{ traceId: TRACE, spanId: "01", name: "GET /", startTimeUnixNano: "1" }] },
            ],
          },
        ],
      }),
    ],
    [
      "a log that mentions the keys",
      JSON.stringify({ level: "info", message: '{"resourceSpans":[]} gen_ai.tool.name' }),
    ],
    ["no JSON", "resourceSpans gen_ai."],
    ["an empty file", ""],
  ])("does not claim %s", (_, text) => {
    const run = openDirectory(path.join(tempRun({ "traces.json": text }), "traces.json"));
    expect(extractor.detect(run).confidence).toBe(0);
  });

  it("survives circles of parents, prototypes for keys, deep keys and wrong types", () => {
    const trajectory = read(
      span(
        "01",
        tool({
          "gen_ai.tool.name": "bash",
          "gen_ai.tool.call.arguments": '{"__proto__":"x","command":"ls"}',
          "__proto__.polluted": "yes",
          [Array(5000).fill("a").join(".")]: 1,
        }),
        { parent: "02" },
      ),
      span("02", tool({ "gen_ai.tool.name": 7, "gen_ai.usage.input_tokens": -1 }), {
        parent: "01",
        name: "execute_tool odd",
      }),
      span(
        "03",
        chat({
          "gen_ai.input.messages": 5,
          "llm.input_messages": { "999999999": {} },
          "gen_ai.output.messages": "[".repeat(3000),
        }),
      ),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(trajectory.steps.map(({ action }) => action)).toEqual(["ls", "odd {}"]);
  });
});
