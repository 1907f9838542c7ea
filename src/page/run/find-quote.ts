/** A stretch of a text: character offsets, the end not included. */
export interface Range {
  start: number;
  end: number;
}

/** Parts of a quote that are shorter say nothing about where it stands. */
const PART_CHARS = 3;
/** How much of a quote has to be found for its parts to count as found. */
const PARTS_SHARE = 0.6;

/**
 * Where a quote stands in a text: as it is, without JSON's escapes, or, where the text lays a recorded tool call out for people,
 * line by line and argument by argument. Empty = nowhere.
 */
export function findQuote(text: string, quote: string): Range[] {
  if (quote === "") return [];
  for (const spelled of [quote, unescaped(quote)]) {
    const start = text.indexOf(spelled);
    if (start >= 0) return [{ start, end: start + spelled.length }];
  }
  return quote.includes('"') ? partsOf(text, quote) : [];
}

function partsOf(text: string, quote: string): Range[] {
  const parts = quote
    .split(/"\s*[:,]\s*"?|[{[]\s*"/)
    .flatMap((part) => unescaped(part).split("\n"))
    .map((part) => part.trim())
    .filter((part) => part.length >= PART_CHARS);
  const found: Range[] = [];
  let at = 0;
  for (const part of parts) {
    const start = text.indexOf(part, at);
    if (start < 0) continue;
    at = start + part.length;
    found.push({ start, end: at });
  }
  const size = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 0);
  const share = size(found.map(({ start, end }) => end - start)) / size(parts.map((part) => part.length));
  return share >= PARTS_SHARE ? found : [];
}

/** A quote out of recorded JSON, without its escapes. */
function unescaped(quote: string): string {
  return quote.replace(/\\(?:u([\da-f]{4})|(.))/gi, (whole, code: string | undefined, letter: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return { n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\", "/": "/" }[letter] ?? whole;
  });
}

/** Where a searched text stands, whatever its case; at most `limit` places. */
export function findAll(text: string, wanted: string, limit: number): Range[] {
  const trimmed = wanted.trim();
  if (trimmed === "") return [];
  const pattern = new RegExp(trimmed.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gi");
  const found: Range[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push({ start: match.index, end: match.index + match[0].length });
    if (found.length >= limit) break;
  }
  return found;
}
