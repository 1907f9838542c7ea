import { asNumber, asRecord, asString } from "../util/narrow.ts";
import type { ChatReply } from "./model.ts";
import { readUsage } from "./usage.ts";

const STOP_REASONS = ["end", "length", "refusal"] as const;

/**
 * A reply as a script or a recording has it: a string, or an object with `text` and, where they matter, `stop_reason`, `usage`, `cost_usd` and
 * `model`. null where it is neither.
 */
export function readReply(value: unknown): ChatReply | null {
  const record = typeof value === "string" ? { text: value } : asRecord(value);
  const text = asString(record?.text);
  if (record === undefined || text === undefined) return null;
  const stopReason =
    record.stop_reason === undefined ? "end" : STOP_REASONS.find((reason) => reason === record.stop_reason);
  if (stopReason === undefined) return null;
  return {
    text,
    stop_reason: stopReason,
    usage: readUsage(record.usage),
    cost_usd: asNumber(record.cost_usd) ?? null,
    model: asString(record.model) ?? null,
  };
}
