import { displayWidth } from "../report/columns.ts";
import { printable } from "../report/printable.ts";

/** How a piece of text stands out; what that is on a terminal is for `paint` to say. */
export type Style =
  | "plain"
  | "bold"
  | "dim"
  | "red"
  | "yellow"
  | "green"
  | "cyan"
  | "quote"
  | "hit"
  | "current"
  | "focus";

/** A piece of text in one style. Its text is printable and has no line break. */
export interface Span {
  text: string;
  style: Style;
}

/** One line of the screen. */
export type Row = readonly Span[];

/** Any text as a span: made printable here. */
export function span(text: string, style: Style = "plain"): Span {
  return { text: printable(text), style };
}

/** Columns that a row takes. */
export function rowWidth(row: Row): number {
  return row.reduce((sum, one) => sum + displayWidth(one.text), 0);
}

/** The row, or as much of it as fits, with `…` at its end. Never more than `width` columns. */
export function cutRow(row: Row, width: number): Row {
  if (rowWidth(row) <= width) return row;
  const [head = []] = wrapRow(row, Math.max(width - 1, 1), "columns");
  return [...head, { text: "…", style: head.at(-1)?.style ?? "plain" }];
}

/** Left and right end of one line. Where both do not fit, the left one is cut. */
export function sides(left: Row, right: Row, width: number): Row {
  const end = cutRow(right, width);
  const room = width - rowWidth(end) - (end.length > 0 ? 2 : 0);
  if (room < 1) return end;
  const start = cutRow(left, room);
  const gap = width - rowWidth(start) - rowWidth(end);
  return [...start, { text: " ".repeat(gap), style: "plain" }, ...end];
}

interface Cell {
  character: string;
  style: Style;
  width: number;
}

/** Breaks a row into rows of at most `width` columns: `words` at spaces where it can, `columns` anywhere. At least one row. */
export function wrapRow(row: Row, width: number, at: "words" | "columns"): Row[] {
  const cells = cellsOf(row);
  const rows: Row[] = [];
  let start = 0;
  let used = 0;
  let afterSpace = 0;
  for (const [index, cell] of cells.entries()) {
    if (used + cell.width > width && index > start) {
      const end = at === "words" && afterSpace > start && cell.character !== " " ? afterSpace : index;
      rows.push(rowOf(cells.slice(start, end)));
      start = at === "words" && end === index && cell.character === " " ? index + 1 : end;
      used = cells.slice(start, index).reduce((sum, one) => sum + one.width, 0);
      if (start > index) continue;
    }
    used += cell.width;
    if (cell.character === " ") afterSpace = index + 1;
  }
  if (start < cells.length || rows.length === 0) rows.push(rowOf(cells.slice(start)));
  return rows;
}

function cellsOf(row: Row): Cell[] {
  return row.flatMap(({ text, style }) =>
    Array.from(text, (character) => ({ character, style, width: displayWidth(character) })),
  );
}

function rowOf(cells: readonly Cell[]): Row {
  const row: Span[] = [];
  for (const { character, style } of cells) {
    const last = row.at(-1);
    if (last?.style === style) last.text += character;
    else row.push({ text: character, style });
  }
  return row;
}
