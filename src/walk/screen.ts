import { displayWidth } from "../report/columns.ts";
import { aboutSheet } from "./about.ts";
import type { Book } from "./book.ts";
import { footer, type Seen } from "./footer.ts";
import { header } from "./header.ts";
import { labelSign } from "./map-strip.ts";
import { type Place, rowsFrom, type Sheet, shareAbove, windowAt } from "./scroll.ts";
import { cutRow, type Row, span } from "./spans.ts";
import type { Mode, Size, WalkState } from "./state.ts";
import { stepSheet } from "./step-sheet.ts";
import { lineOfStep, treeLines } from "./tree-lines.ts";

/** A whole screen: as many rows as it has, none wider than it, and where one types; null = nowhere. */
export interface Screen {
  rows: Row[];
  cursor: { row: number; column: number } | null;
}

/** Columns, and rows between header and footer. */
export function bodySize(book: Book, state: WalkState, size: Size): Size {
  const above = headerOf(book, state, size).length;
  return { columns: size.columns, rows: Math.max(size.rows - above - 1, 1) };
}

/** A page about something else is no step's. */
function headerOf(book: Book, state: WalkState, size: Size): Row[] {
  return shownMode(state).name === "about" ? [] : header(book, state.step_id, size);
}

/** While one types, what was there before is seen. */
function shownMode({ mode }: WalkState): Mode {
  return mode.name === "type" ? mode.before : mode;
}

/** What is seen of a state in a terminal of this size. Pure; lays out the rows that are seen and few more. */
export function renderScreen(book: Book, state: WalkState, size: Size): Screen {
  const body = bodySize(book, state, size);
  const above = headerOf(book, state, size);
  const { rows, seen } = bodyOf(book, state, body);
  const below = footer(book, state, seen, size.columns);
  const filled = Array.from({ length: body.rows }, (_, index): Row => rows[index] ?? []);
  const all = [...above, ...filled, cutRow(below, size.columns)].slice(-size.rows);
  if (state.mode.name !== "type") return { rows: all, cursor: null };
  const column = Math.min(displayWidth(below[0]?.text ?? ""), size.columns - 1);
  return { rows: all, cursor: { row: all.length - 1, column } };
}

function bodyOf(book: Book, state: WalkState, body: Size): { rows: Row[]; seen: Seen } {
  const mode = shownMode(state);
  if (mode.name === "tree") return treeBody(book, state, body);
  return mode.name === "about"
    ? sheetBody(aboutSheet(book, mode.subject, body.columns), mode.top, body)
    : sheetBody(stepSheet(book, state, body.columns), state.top, body);
}

function sheetBody(sheet: Sheet, wanted: Place, body: Size): { rows: Row[]; seen: Seen } {
  const window = windowAt(sheet, wanted, body.rows);
  const rows = rowsFrom(sheet, window.top, body.rows).map((row) => cutRow(row, body.columns));
  return { rows, seen: { ...window, share: shareAbove(sheet, window.top) } };
}

/** The lines around that of the current step. */
function treeBody(book: Book, state: WalkState, body: Size): { rows: Row[]; seen: Seen } {
  const lines = treeLines(book.workspace);
  const focus = lineOfStep(lines, state.step_id);
  const last = Math.max(lines.length - body.rows, 0);
  const first = Math.min(Math.max(focus - Math.floor(body.rows / 2), 0), last);
  const rows = lines.slice(first, first + body.rows).map(({ text, first: stepId }, index): Row => {
    const isFocus = first + index === focus;
    return cutRow(
      [labelSign(book, stepId), span(isFocus ? ">" : " "), span(text, isFocus ? "focus" : "plain")],
      body.columns,
    );
  });
  return { rows, seen: { isAtTop: first === 0, isAtEnd: first === last, share: first / lines.length } };
}
