import { displayWidth } from "../report/columns.ts";
import type { Book, Field, Stretch } from "./book.ts";
import { searchPattern } from "./find.ts";
import type { Block } from "./scroll.ts";
import { type Row, type Span, type Style, span, wrapRow } from "./spans.ts";
import type { WalkState } from "./state.ts";

/** Columns left of a text: a mark where a quote or the searched text stands. */
export const MARGIN = 2;
/** Rows narrower than this say nothing. */
const LEAST_ROOM = 8;

/** Columns for a text on a screen of so many. */
export function roomFor(columns: number): number {
  return Math.max(columns - MARGIN, LEAST_ROOM);
}

/** What stands out in texts besides the quotes. */
export type Sought = Pick<WalkState, "search" | "quote">;

/** A text of a step, wrapped at words. Quotes and what is sought stand out. */
export function textBlock(
  book: Book,
  stepId: number,
  field: Field,
  columns: number,
  { search, quote }: Sought,
): Block {
  const room = roomFor(columns);
  const text = book.text(stepId, field) ?? "";
  const index = book.lines(stepId, field, room);
  const quotes = book.quotes(stepId, field);
  const pattern = search === null ? null : searchPattern(search.text);
  const current = [search?.at, quote].flatMap((one) =>
    one?.step_id === stepId && one.field === field ? [one] : [],
  );
  const rows = (line: number): Row[] => {
    const start = index.starts[line] ?? 0;
    const end = index.ends[line] ?? start;
    const marks = [
      ...marksOf(quotes, "quote"),
      ...(pattern === null ? [] : matchesNear(text, start, end, pattern)),
      ...marksOf(current, "current"),
    ];
    const spans = styled(text, start, end, marks);
    return wrapRow(spans, room, "words").map(withMargin);
  };
  return { length: index.starts.length, rows };
}

interface Mark {
  start: number;
  end: number;
  style: Style;
}

function marksOf(stretches: readonly Pick<Stretch, "start" | "end">[], style: Style): Mark[] {
  return stretches.map(({ start, end }) => ({ start, end, style }));
}

/** A match may reach over the ends of a piece of a long line. */
function matchesNear(text: string, start: number, end: number, pattern: RegExp): Mark[] {
  const reach = pattern.source.length;
  const from = Math.max(0, start - reach);
  return [...text.slice(from, end + reach).matchAll(pattern)].map(({ index, 0: match }) => ({
    start: from + index,
    end: from + index + match.length,
    style: "hit",
  }));
}

/** The piece of a text between two offsets; of marks that overlap, the later in the list is seen. */
function styled(text: string, start: number, end: number, all: readonly Mark[]): Row {
  const marks = all.filter((one) => one.start < end && one.end > start);
  if (marks.length === 0) return [span(text.slice(start, end))];
  const edges = [start, end, ...marks.flatMap((one) => [one.start, one.end])]
    .filter((at) => at >= start && at <= end)
    .sort((a, b) => a - b);
  const spans: Span[] = [];
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1] ?? from;
    if (to === from) continue;
    const mark = marks.findLast((one) => one.start <= from && one.end >= to);
    spans.push(span(text.slice(from, to), mark?.style ?? "plain"));
  }
  return spans;
}

function withMargin(row: Row): Row {
  const styles = new Set(row.filter((one) => displayWidth(one.text) > 0).map((one) => one.style));
  if (styles.has("current")) return [{ text: "> ", style: "cyan" }, ...row];
  if (styles.has("quote")) return [{ text: "▌ ", style: "yellow" }, ...row];
  return [{ text: " ".repeat(MARGIN), style: "plain" }, ...row];
}
