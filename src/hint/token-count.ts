import { createRequire } from "node:module";

type Tokenizer = typeof import("gpt-tokenizer/encoding/o200k_base");

const require = createRequire(import.meta.url);
const NO_SPECIAL_TOKENS = { disallowedSpecial: new Set<string>() };

/** Tokens of a short text in the o200k encoding, at once; the tables are loaded with the first call. */
export function tokenCount(text: string): number {
  const { countTokens }: Tokenizer = require("gpt-tokenizer/encoding/o200k_base");
  return countTokens(text, NO_SPECIAL_TOKENS);
}
