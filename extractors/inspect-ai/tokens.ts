import { asCount, defined, type JsonRecord, type Tokens } from "../../src/extract/toolkit/index.ts";

/**
 * Counts of a usage record. Whether `input_tokens` holds what was read from the cache depends on the provider; the
 * total tells.
 */
export function tokensOf(usage: JsonRecord | undefined): Tokens | undefined {
  const fresh = asCount(usage?.input_tokens);
  const output = asCount(usage?.output_tokens);
  const cached = asCount(usage?.input_tokens_cache_read);
  const ofCache = (cached ?? 0) + (asCount(usage?.input_tokens_cache_write) ?? 0);
  const isApart = asCount(usage?.total_tokens) === (fresh ?? 0) + (output ?? 0) + ofCache;
  const input = fresh === undefined ? undefined : isApart ? fresh + ofCache : fresh;
  const tokens: Tokens = defined({ input, output, cached, reasoning: asCount(usage?.reasoning_tokens) });
  return Object.keys(tokens).length > 0 ? tokens : undefined;
}
