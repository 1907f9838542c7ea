import { CodeTracerError } from "../util/errors.ts";
import { asCount, asNumber, asRecord } from "../util/narrow.ts";
import { readJson, readText } from "./read-json.ts";

/** Dollars per million tokens, as the user gives them. */
export interface OwnPrice {
  input: number;
  /** Read from the provider's cache; null = at the price of `input`. */
  cached_input: number | null;
  /** Written to it; null = at the price of `input`. */
  cache_write: number | null;
  output: number;
  /** Tokens that fit in one call; null = not given. */
  context_tokens: number | null;
}

const KEYS = ["input", "cached_input", "cache_write", "output", "context_tokens"];

/**
 * Reads a file of prices: `{"<model or specification>": {"input": 3, "cached_input": 0.3, "cache_write": 3.75, "output": 15}}`, in dollars per
 * million tokens; `cached_input`, `cache_write` and `context_tokens` may be left out. Throws CodeTracerError `unreadable`, `bad_json` or
 * `bad_argument`.
 */
export function loadOwnPrices(file: string): ReadonlyMap<string, OwnPrice> {
  const text = readText(file, `the prices of ${file} cannot be read; give a JSON file with --prices`);
  const table = asRecord(readJson(text, file));
  if (table === undefined) throw wrong(file, "it must be an object of models");
  return new Map(Object.entries(table).map(([model, value]) => [model, priceOf(model, value, file)]));
}

function priceOf(model: string, value: unknown, file: string): OwnPrice {
  const record = asRecord(value);
  if (record === undefined) throw wrong(file, `${model} must be an object`);
  for (const key of Object.keys(record)) {
    if (!KEYS.includes(key)) throw wrong(file, `${model} has ${key}, which is none of ${KEYS.join(", ")}`);
  }
  const dollars = (key: string): number | null => {
    if (record[key] === undefined) return null;
    const price = asNumber(record[key]);
    if (price === undefined || price < 0)
      throw wrong(file, `${key} of ${model} must be dollars per million tokens`);
    return price;
  };
  const [input, output] = [dollars("input"), dollars("output")];
  if (input === null || output === null) throw wrong(file, `${model} needs input and output`);
  return {
    input,
    cached_input: dollars("cached_input"),
    cache_write: dollars("cache_write"),
    output,
    context_tokens: asCount(record.context_tokens) ?? null,
  };
}

function wrong(file: string, what: string): CodeTracerError {
  return new CodeTracerError("bad_argument", `the prices of ${file} are not understood: ${what}`, {
    path: file,
  });
}
