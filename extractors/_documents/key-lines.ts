import { LineCounter, type LineSpan, skipValue } from "../../src/extract/toolkit/index.ts";
import type { Document } from "./places.ts";

/** The lines of each key and its value in the object at a path of keys; empty where the document has no text. */
export function keyLines(document: Document, path: readonly string[]): Map<string, LineSpan> {
  const lines = new Map<string, LineSpan>();
  const { text, ref } = document;
  const start = text === null ? -1 : objectAt(text, path);
  if (text === null || start < 0) return lines;
  const counter = new LineCounter(text);
  const before = ref.line_start - 1;
  for (const { key, from, value } of keysAt(text, start)) {
    const line_start = before + counter.lineAt(from);
    lines.set(key, { line_start, line_end: before + counter.lineAt(skipValue(text, value) - 1) });
  }
  return lines;
}

function objectAt(text: string, path: readonly string[]): number {
  let at = text.indexOf("{");
  for (const name of path) {
    if (at < 0 || text[at] !== "{") return -1;
    let found = -1;
    for (const { key, value } of keysAt(text, at)) {
      if (key !== name) continue;
      found = value;
      break;
    }
    at = found;
  }
  return at;
}

function* keysAt(text: string, start: number): Generator<{ key: string; from: number; value: number }> {
  const gap = /[\s,]*/y;
  const colon = /\s*:\s*/y;
  let at = start + 1;
  for (;;) {
    gap.lastIndex = at;
    gap.test(text);
    const from = gap.lastIndex;
    if (text[from] !== '"') return;
    const keyEnd = skipValue(text, from);
    colon.lastIndex = keyEnd;
    if (!colon.test(text)) return;
    const value = colon.lastIndex;
    yield { key: text.slice(from + 1, keyEnd - 1), from, value };
    at = skipValue(text, value);
  }
}
