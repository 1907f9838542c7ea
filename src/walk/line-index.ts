/**
 * Where the lines of a text begin and end, as offsets into it; line breaks are in none. A line longer than a piece is
 * several entries, so that none is long to lay out.
 */
export interface LineIndex {
  starts: readonly number[];
  ends: readonly number[];
  /** Lines as an editor counts them. */
  line_count: number;
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Finds the lines of a text. Linear. Blank lines at its end do not count; a text of nothing else has none. */
export function indexLines(text: string, pieceChars: number): LineIndex {
  const limit = text.trimEnd().length;
  const starts: number[] = [];
  const ends: number[] = [];
  let lineCount = 0;
  for (let start = 0; start < limit; ) {
    const end = lineEnd(text, start, limit);
    lineCount++;
    for (let from = start; ; ) {
      const to = pieceEnd(text, from, end, pieceChars);
      starts.push(from);
      ends.push(to);
      from = to;
      if (from >= end) break;
    }
    start = afterBreak(text, end);
  }
  return { starts, ends, line_count: lineCount };
}

/** The entry that an offset of the text is in. */
export function entryAt(index: LineIndex, offset: number): number {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((index.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lineEnd(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** What `printable` takes for a line break: line feed to carriage return, NEL, line and paragraph separator. */
function isBreak(code: number): boolean {
  return (code > TAB && code <= CARRIAGE_RETURN) || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** Carriage returns before a line feed are one break with it, and so are several in a row: progress bars write them. */
function afterBreak(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === CARRIAGE_RETURN) next++;
  if (text.charCodeAt(next) === LINE_FEED) return next + 1;
  return Math.max(next, at + 1);
}

/** Never between the halves of a surrogate pair. */
function pieceEnd(text: string, from: number, end: number, pieceChars: number): number {
  if (end - from <= pieceChars) return end;
  const to = from + pieceChars;
  const code = text.charCodeAt(to - 1);
  return code >= 0xd800 && code <= 0xdbff ? to + 1 : to;
}
