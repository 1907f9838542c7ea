import { skipValue } from "../../src/extract/toolkit/index.ts";

const MAX_KEY_CHARS = 100;

/**
 * Counts a key in a JSON text without parsing it: at the smallest depth of brackets at which it stands, so that keys
 * of the same name inside arguments do not count. Keys with an empty value (null, "", [], {}) do not
 * count. null where the text breaks off.
 */
export function countKey(text: string, key: string | RegExp): number | null {
  const byDepth = keyValues(text, key);
  if (byDepth === null) return null;
  return byDepth.get(Math.min(...byDepth.keys()))?.length ?? 0;
}

/** Where the values of a key begin, by the depth of brackets at which the key stands; null where the text breaks off. */
export function keyValues(text: string, key: string | RegExp): Map<number, number[]> | null {
  const isKey = typeof key === "string" ? (name: string) => name === key : (name: string) => key.test(name);
  const token = /["{}[\]]/g;
  const byDepth = new Map<number, number[]>();
  let depth = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const char = match[0];
    if (char === "{" || char === "[") depth++;
    else if (char !== '"') depth--;
    else {
      const end = skipValue(text, match.index);
      token.lastIndex = end;
      const value = end - match.index > MAX_KEY_CHARS ? null : valueOffset(text, end);
      if (value === null || !isKey(text.slice(match.index + 1, end - 1)) || isEmptyAt(text, value)) continue;
      const values = byDepth.get(depth);
      if (values) values.push(value);
      else byDepth.set(depth, [value]);
    }
  }
  return depth === 0 ? byDepth : null;
}

function isEmptyAt(text: string, offset: number): boolean {
  return /^(?:null|"\s*"|\[\s*\]|\{\s*\})/.test(text.slice(offset, offset + 40));
}

/** Where the value of a key begins; null where the string is no key. */
function valueOffset(text: string, end: number): number | null {
  const colon = /\s*:\s*/y;
  colon.lastIndex = end;
  return colon.test(text) ? colon.lastIndex : null;
}
