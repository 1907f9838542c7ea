import { asArray, asString, at } from "../util/narrow.ts";
import { ErrorAnswer } from "./error-answer.ts";
import type { ChatReply } from "./model.ts";
import { cutOff, malformed } from "./reply-errors.ts";
import { readResponsesUsage } from "./wire-usage.ts";

const ENDS = ["response.completed", "response.incomplete", "response.failed"];

/** Reads a whole response. Throws ErrorAnswer for one that failed, ModelError `malformed_reply`. */
export function readResponse(response: unknown): ChatReply {
  if (at(response, "error") != null) throw new ErrorAnswer(null, null, at(response, "error"));
  const output = at(response, "output");
  if (!Array.isArray(output)) throw malformed("a response with its output");
  const parts = output
    .filter((item) => at(item, "type") === "message")
    .flatMap((item) => asArray(at(item, "content")));
  const words = (type: string, key: string) =>
    parts.map((part) => (at(part, "type") === type ? (asString(at(part, key)) ?? "") : "")).join("");
  const text = words("output_text", "text");
  const refusal = words("refusal", "refusal");
  return {
    text: text === "" ? refusal : text,
    stop_reason: stopReason(response, refusal),
    usage: readResponsesUsage(at(response, "usage")),
    cost_usd: null,
    model: asString(at(response, "model")) ?? null,
  };
}

/** Waits for the event that holds the whole response. Throws as `readResponse` does and, where the end is missing, ModelError `connection`. */
export async function readResponseStream(events: AsyncIterable<unknown>): Promise<ChatReply> {
  let seen = false;
  for await (const event of events) {
    const type = asString(at(event, "type")) ?? "";
    if (type === "error") throw new ErrorAnswer(null, null, event);
    if (ENDS.includes(type)) return readResponse(at(event, "response"));
    seen ||= type.startsWith("response.");
  }
  throw seen ? cutOff() : malformed("the stream of a response");
}

function stopReason(response: unknown, refusal: string): ChatReply["stop_reason"] {
  const why = at(response, "incomplete_details", "reason");
  if (refusal !== "" || why === "content_filter") return "refusal";
  return at(response, "status") === "incomplete" ? "length" : "end";
}
