import { asCount, asRecord } from "../util/narrow.ts";
import type { TokenUsage } from "./model.ts";

/** Usage out of a file: what is missing or no count is null, not reported. */
export function readUsage(value: unknown): TokenUsage {
  const record = asRecord(value) ?? {};
  const count = (key: keyof TokenUsage): number | null => asCount(record[key]) ?? null;
  return {
    input_tokens: count("input_tokens"),
    cached_input_tokens: count("cached_input_tokens"),
    cache_write_input_tokens: count("cache_write_input_tokens"),
    output_tokens: count("output_tokens"),
    reasoning_tokens: count("reasoning_tokens"),
  };
}
