import { asRecord, asString, at } from "../util/narrow.ts";
import { ErrorAnswer } from "./error-answer.ts";
import type { ChatReply } from "./model.ts";
import { cutOff, malformed } from "./reply-errors.ts";
import { readAnthropicUsage } from "./wire-usage.ts";

/** Reads a whole message. Throws ModelError `malformed_reply`. */
export function readMessage(message: unknown): ChatReply {
  const content = at(message, "content");
  if (at(message, "type") === "error") throw new ErrorAnswer(null, null, message);
  if (!Array.isArray(content)) throw malformed("a message with its content");
  const text = content.map(blockText).join("");
  return reply(text, at(message, "stop_reason"), at(message, "usage"), at(message, "model"));
}

/** Puts a message together from the events of its stream. Throws ModelError `malformed_reply` or, where the end is missing, `connection`. */
export async function readMessageStream(events: AsyncIterable<unknown>): Promise<ChatReply> {
  let message: unknown;
  let text = "";
  let stop: unknown;
  let ended = false;
  const usage: Record<string, unknown> = {};
  for await (const event of events) {
    switch (at(event, "type")) {
      case "message_start":
        message = at(event, "message");
        addUsage(usage, at(message, "usage"));
        break;
      case "content_block_start":
        text += blockText(at(event, "content_block"));
        break;
      case "content_block_delta":
        text += asString(at(event, "delta", "text")) ?? "";
        break;
      case "message_delta":
        stop = at(event, "delta", "stop_reason") ?? stop;
        addUsage(usage, at(event, "usage"));
        break;
      case "message_stop":
        ended = true;
    }
  }
  if (asRecord(message) === undefined) throw malformed("the stream of a message");
  if (!ended && stop === undefined) throw cutOff();
  return reply(text, stop, usage, at(message, "model"));
}

function reply(text: string, stop: unknown, usage: unknown, model: unknown): ChatReply {
  return {
    text,
    stop_reason: stopReason(stop),
    usage: readAnthropicUsage(usage),
    cost_usd: null,
    model: asString(model) ?? null,
  };
}

function stopReason(stop: unknown): ChatReply["stop_reason"] {
  if (stop === "refusal") return "refusal";
  return stop === "max_tokens" || stop === "model_context_window_exceeded" ? "length" : "end";
}

function blockText(block: unknown): string {
  return at(block, "type") === "text" ? (asString(at(block, "text")) ?? "") : "";
}

/** Later reports count, where they say something. */
function addUsage(usage: Record<string, unknown>, reported: unknown): void {
  for (const [key, value] of Object.entries(asRecord(reported) ?? {})) {
    if (value !== null) usage[key] = value;
  }
}
