import type { WireEvent } from "./server.ts";

/** The events of a streamed message, in pieces; `usage` overrides what stands at its beginning and its end. */
export function messageEvents(
  pieces: readonly string[],
  over: { stop?: string; usage?: Record<string, unknown>; lastUsage?: Record<string, unknown> } = {},
): WireEvent[] {
  const usage = over.usage ?? {
    input_tokens: 10,
    cache_creation_input_tokens: 20,
    cache_read_input_tokens: 300,
    output_tokens: 1,
  };
  const last = over.lastUsage ?? { output_tokens: 42, output_tokens_details: { thinking_tokens: 12 } };
  return named([
    {
      type: "message_start",
      message: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "claude-test-1",
        content: [],
        stop_reason: null,
        usage,
      },
    },
    {
      type: "content_block_start",
      index: 0,
      content_block: { type: "thinking", thinking: "", signature: "" },
    },
    { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "not to be shown" } },
    { type: "content_block_stop", index: 0 },
    { type: "ping" },
    { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
    ...pieces.map((piece) => ({
      type: "content_block_delta",
      index: 1,
      delta: { type: "text_delta", text: piece },
    })),
    { type: "content_block_stop", index: 1 },
    {
      type: "message_delta",
      delta: { stop_reason: over.stop ?? "end_turn", stop_sequence: null },
      usage: last,
    },
    { type: "message_stop" },
  ]);
}

/** The body of an error answer. */
export function anthropicError(type: string, message: string): unknown {
  return { type: "error", error: { type, message }, request_id: "req_1" };
}

function named(list: readonly ({ type: string } & Record<string, unknown>)[]): WireEvent[] {
  return list.map((event) => [event.type, event]);
}
