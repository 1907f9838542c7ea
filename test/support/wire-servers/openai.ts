import type { WireEvent } from "./server.ts";

const CHAT_USAGE = {
  prompt_tokens: 330,
  completion_tokens: 42,
  prompt_tokens_details: { cached_tokens: 300 },
  completion_tokens_details: { reasoning_tokens: 12 },
};
const RESPONSES_USAGE = {
  input_tokens: 330,
  output_tokens: 42,
  input_tokens_details: { cached_tokens: 300 },
  output_tokens_details: { reasoning_tokens: 12 },
};

/** The chunks of a streamed completion; `usage` overrides what stands at its end. */
export function completionChunks(
  pieces: readonly string[],
  over: { finish?: string; usage?: unknown; refusal?: string } = {},
): WireEvent[] {
  const chunk = (delta: object, finish: string | null = null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    model: "gpt-test-1",
    choices: [{ index: 0, delta, finish_reason: finish }],
    usage: null,
  });
  const usage = over.usage === undefined ? CHAT_USAGE : over.usage;
  return unnamed([
    chunk({ role: "assistant", content: "" }),
    ...pieces.map((piece) => chunk({ content: piece })),
    ...(over.refusal === undefined ? [] : [chunk({ refusal: over.refusal })]),
    chunk({}, over.finish ?? "stop"),
    { id: "chatcmpl-1", object: "chat.completion.chunk", model: "gpt-test-1", choices: [], usage },
    "[DONE]",
  ]);
}

/** A whole response; `over` replaces parts of it. */
export function responseBody(text: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "resp_1",
    object: "response",
    status: "completed",
    model: "gpt-test-1",
    error: null,
    incomplete_details: null,
    output: [
      { type: "reasoning", id: "rs_1", summary: [] },
      {
        type: "message",
        id: "msg_1",
        role: "assistant",
        content: [{ type: "output_text", text, annotations: [] }],
      },
    ],
    usage: RESPONSES_USAGE,
    ...over,
  };
}

/** The events of a streamed response that ends as `response.<status>`. */
export function responseEvents(text: string, over: Record<string, unknown> = {}): WireEvent[] {
  const response = responseBody(text, over);
  return [
    [
      "response.created",
      { type: "response.created", response: { ...response, status: "in_progress", output: [] } },
    ],
    ["response.output_text.delta", { type: "response.output_text.delta", delta: text, item_id: "msg_1" }],
    [`response.${response.status}`, { type: `response.${response.status}`, response }],
  ];
}

/** The body of an error answer. */
export function openAiError(
  message: string,
  over: { type?: string; code?: string; param?: string } = {},
): unknown {
  return { error: { message, type: "invalid_request_error", code: null, param: null, ...over } };
}

function unnamed(list: readonly unknown[]): WireEvent[] {
  return list.map((data) => [null, data]);
}
