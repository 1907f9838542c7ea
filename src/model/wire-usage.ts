import { asCount, at } from "../util/narrow.ts";
import type { TokenUsage } from "./model.ts";

/** Tokens as Anthropic's interface reports them: `input_tokens` without what came from or went to the cache. What is malformed is null. */
export function readAnthropicUsage(usage: unknown): TokenUsage {
  const read = at(usage, "cache_read_input_tokens");
  const written = at(usage, "cache_creation_input_tokens");
  const parts = [at(usage, "input_tokens"), read ?? 0, written ?? 0].map(asCount);
  return consistent({
    input_tokens: parts.reduce<number | null>(sumOf, 0),
    cached_input_tokens: asCount(read) ?? null,
    cache_write_input_tokens: asCount(written) ?? null,
    output_tokens: asCount(at(usage, "output_tokens")) ?? null,
    reasoning_tokens: asCount(at(usage, "output_tokens_details", "thinking_tokens")) ?? null,
  });
}

/** Tokens as Chat Completions reports them, with DeepSeek's word for cached ones. What is malformed is null. */
export function readChatUsage(usage: unknown): TokenUsage {
  const details = at(usage, "prompt_tokens_details");
  return consistent({
    input_tokens: asCount(at(usage, "prompt_tokens")) ?? null,
    cached_input_tokens:
      asCount(at(details, "cached_tokens") ?? at(usage, "prompt_cache_hit_tokens")) ?? null,
    cache_write_input_tokens: asCount(at(details, "cache_write_tokens")) ?? null,
    output_tokens: asCount(at(usage, "completion_tokens")) ?? null,
    reasoning_tokens: asCount(at(usage, "completion_tokens_details", "reasoning_tokens")) ?? null,
  });
}

/** Tokens as Responses reports them. What is malformed is null. */
export function readResponsesUsage(usage: unknown): TokenUsage {
  const details = at(usage, "input_tokens_details");
  return consistent({
    input_tokens: asCount(at(usage, "input_tokens")) ?? null,
    cached_input_tokens: asCount(at(details, "cached_tokens")) ?? null,
    cache_write_input_tokens: asCount(at(details, "cache_write_tokens")) ?? null,
    output_tokens: asCount(at(usage, "output_tokens")) ?? null,
    reasoning_tokens: asCount(at(usage, "output_tokens_details", "reasoning_tokens")) ?? null,
  });
}

/** A part that is greater than its whole is malformed. */
function consistent(usage: TokenUsage): TokenUsage {
  const within = (part: number | null, whole: number | null) =>
    part !== null && whole !== null && part > whole ? null : part;
  return {
    ...usage,
    cached_input_tokens: within(usage.cached_input_tokens, usage.input_tokens),
    cache_write_input_tokens: within(usage.cache_write_input_tokens, usage.input_tokens),
    reasoning_tokens: within(usage.reasoning_tokens, usage.output_tokens),
  };
}

function sumOf(sum: number | null, part: number | undefined): number | null {
  return sum === null || part === undefined ? null : sum + part;
}
