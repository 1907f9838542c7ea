/** A part of a text, and whether a quote covers it. */
export interface TextPart {
  start: number;
  text: string;
  isQuote: boolean;
}

/** A text in parts: what any of the quotes covers, and what lies between. Quotes that do not stand in it cover nothing. */
export function withQuotes(text: string, quotes: readonly string[]): TextPart[] {
  const covered = quotes
    .map((quote) => ({ start: quote === "" ? -1 : text.indexOf(quote), length: quote.length }))
    .filter(({ start }) => start >= 0)
    .sort((a, b) => a.start - b.start);
  const parts: TextPart[] = [];
  let at = 0;
  const add = (end: number, isQuote: boolean) => {
    if (end > at) parts.push({ start: at, text: text.slice(at, end), isQuote });
    at = Math.max(at, end);
  };
  for (const { start, length } of covered) {
    add(start, false);
    add(start + length, true);
  }
  add(text.length, false);
  return parts;
}
