import {
  asRecord,
  elementLines,
  type JsonRecord,
  LineCounter,
  type LineSpan,
  skipValue,
} from "../../src/extract/toolkit/index.ts";

/** An element of an array in a JSON file, and its lines. */
export interface Element extends LineSpan {
  value: JsonRecord;
  /** Its own text. */
  text: string;
}

/**
 * The objects of the first array that opens behind a key (`null`: the first array of all). Each is parsed by itself,
 * so that a file which is cut off still gives those that are whole.
 */
export function elementsOf(text: string, key: string | null): { elements: Element[]; isWhole: boolean } {
  const open = key === null ? text.indexOf("[") : opening(text, key);
  const elements: Element[] = [];
  if (open < 0) return { elements, isWhole: false };
  const counter = new LineCounter(text);
  let at = nextToken(text, open + 1);
  while (at < text.length && text[at] !== "]") {
    const end = skipValue(text, at);
    if (end <= at) break;
    const own = text.slice(at, end);
    const value = parsed(own);
    if (value === undefined) return { elements, isWhole: false };
    elements.push({ value, text: own, line_start: counter.lineAt(at), line_end: counter.lineAt(end - 1) });
    at = nextToken(text, end);
  }
  return { elements, isWhole: text[at] === "]" };
}

/** The lines of the objects in an array at a key of an element. */
export function linesWithin(element: Element, key: string): LineSpan[] {
  const before = element.line_start - 1;
  return elementLines(element.text, [key]).map(({ line_start, line_end }) => ({
    line_start: line_start + before,
    line_end: line_end + before,
  }));
}

function opening(text: string, key: string): number {
  const match = new RegExp(`"${key}"\\s*:\\s*\\[`).exec(text);
  return match === null ? -1 : match.index + match[0].length - 1;
}

function nextToken(text: string, from: number): number {
  const rest = /[^\s,]/g;
  rest.lastIndex = from;
  return rest.exec(text)?.index ?? text.length;
}

function parsed(text: string): JsonRecord | undefined {
  try {
    return asRecord(JSON.parse(text)) ?? {};
  } catch {
    return undefined;
  }
}
