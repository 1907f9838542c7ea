import { unescapeJson } from "../util/unescape-json.ts";

/** What a tool call's JSON has and its readable form has not, or the other way round. */
const PUNCTUATION = /[\s"'{}[\]:,\\]/;
/** Fewer letters than this may stand anywhere. */
const LEAST_LETTERS = 8;

/** Where a quote stands in a text, as offsets; null = nowhere. */
export type QuotePlace = { start: number; end: number } | null;

/** Where a quote stands word for word. */
export function placeOf(quote: string, text: string): QuotePlace {
  const start = quote === "" ? -1 : text.indexOf(quote);
  return start < 0 ? null : { start, end: start + quote.length };
}

/** Where a quote from the JSON of a tool call stands in the readable form of the call: the same letters, whatever stands between. */
export function placeInReadable(quote: string, text: string): QuotePlace {
  const exact = placeOf(quote, text);
  if (exact !== null) return exact;
  const sought = lettersOf(unescapeJson(quote));
  const { letters, offsets } = lettersOf(text);
  if (sought.letters.length < LEAST_LETTERS) return null;
  const at = letters.indexOf(sought.letters);
  const start = offsets[at];
  const last = offsets[at + sought.letters.length - 1];
  return start === undefined || last === undefined ? null : { start, end: last + 1 };
}

function lettersOf(text: string): { letters: string; offsets: number[] } {
  const letters: string[] = [];
  const offsets: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (PUNCTUATION.test(letter)) continue;
    letters.push(letter);
    offsets.push(at);
  }
  return { letters: letters.join(""), offsets };
}
