/**
 * What copying changes without changing the words: white space, control sequences of terminals (also those that lost their first character on
 * the way), control and invisible characters, backslashes of escapes with the letter of a line break or tab.
 */
const CHANGED_BY_COPYING = new RegExp(
  [
    String.raw`\s+`,
    String.raw`\\+[nrt]?`,
    String.raw`\u001b\][^\u0007\u001b\n]*\u0007?`,
    String.raw`\u001b\[[0-?]*[ -/]*[@-~]?`,
    String.raw`\[(?:\d{1,3}(?:;\d{1,3}){0,5}[mKJH]|\?\d{1,4}[hl]|[mK](?=\s|\[|$))`,
    String.raw`\u001b[ -/]?[0-~]?`,
    String.raw`[\p{Cc}\p{Default_Ignorable_Code_Point}]+`,
  ].join("|"),
  "gu",
);

const SINGLE_QUOTES = /[‘’‛`´]/g;
const DOUBLE_QUOTES = /[“”„‟]/g;
const DASHES = /[‐‑‒–—−]/g;

/** A text without what copying changes: two copies of the same words fold to the same. Takes linear time. */
export function folded(text: string): string {
  return text
    .replace(CHANGED_BY_COPYING, "")
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, "-");
}

/** The piece of `text` that folds to the characters `from` up to `to` (exclusive) of its folded form. */
export function unfolded(text: string, from: number, to: number): string {
  let start = -1;
  let kept = 0;
  let at = 0;
  const walk = (end: number): number | null => {
    const length = end - at;
    if (start < 0 && from < kept + length) start = at + from - kept;
    if (start >= 0 && to <= kept + length) return at + to - kept;
    kept += length;
    return null;
  };
  for (const match of text.matchAll(CHANGED_BY_COPYING)) {
    const end = walk(match.index);
    if (end !== null) return text.slice(start, end);
    at = match.index + match[0].length;
  }
  return text.slice(Math.max(start, 0), walk(text.length) ?? text.length);
}
