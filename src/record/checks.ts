import { CodeTracerError } from "../util/errors.ts";
import { defined, type JsonRecord } from "../util/narrow.ts";
import type { Metered } from "./events.ts";
import type { Observed, TokenCounts, Turn } from "./types.ts";

const KINDS = ["input", "output", "cached", "reasoning"] as const;

/** Arguments as JSON holds them, in a copy. Throws CodeTracerError `bad_argument` where they cannot be written. */
export function jsonArguments(tool: string, given: unknown): JsonRecord {
  let copy: unknown;
  try {
    copy = JSON.parse(JSON.stringify(given ?? {}));
  } catch (error) {
    throw refused(`the arguments of ${tool}`, "something that can be written as JSON", error);
  }
  if (typeof copy !== "object" || copy === null || Array.isArray(copy))
    throw refused(`the arguments of ${tool}`, "an object");
  return copy as JsonRecord;
}

/** Tokens and cost as events hold them. Throws CodeTracerError `bad_argument` where they are no counts. */
export function metered({ tokens, cost_usd }: Pick<Turn, "tokens" | "cost_usd">): Metered {
  if (cost_usd !== undefined && !(Number.isFinite(cost_usd) && cost_usd >= 0))
    throw refused("cost_usd", "a number of dollars from 0 on");
  const counts = tokens === undefined ? {} : checkedTokens(tokens);
  return defined({ tokens: Object.keys(counts).length > 0 ? counts : undefined, cost_usd });
}

function checkedTokens(tokens: TokenCounts): TokenCounts {
  for (const kind of KINDS) {
    const count = tokens[kind];
    if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0))
      throw refused(`tokens.${kind}`, "a whole number from 0 on");
  }
  return defined(Object.fromEntries(KINDS.map((kind) => [kind, tokens[kind]])));
}

/** The end of an action as events hold it. Throws CodeTracerError `bad_argument`. */
export function checkedEnd({ exit_code, is_error, duration_ms }: Observed): {
  exit_code?: number;
  is_error?: boolean;
  duration_ms?: number;
} {
  if (exit_code != null && !Number.isSafeInteger(exit_code))
    throw refused("exit_code", "a whole number or null");
  if (duration_ms !== undefined && !(Number.isFinite(duration_ms) && duration_ms >= 0))
    throw refused("duration_ms", "a number of milliseconds from 0 on");
  return defined({ exit_code: exit_code ?? undefined, is_error, duration_ms });
}

/** Throws CodeTracerError `bad_argument` where a text is none. */
export function checkedText(what: string, text: unknown): string {
  if (typeof text !== "string") throw refused(what, "a string");
  return text;
}

function refused(what: string, expected: string, cause?: unknown): CodeTracerError {
  return new CodeTracerError("bad_argument", `recording: ${what} must be ${expected}`, { cause });
}
