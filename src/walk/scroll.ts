import type { Row } from "./spans.ts";

/** Lines that are laid out one by one, when they are looked at. A line has at least one row. */
export interface Block {
  length: number;
  rows(line: number): readonly Row[];
}

/** Blocks below each other. Empty ones keep their number, so that a place stays right when one folds. */
export type Sheet = readonly Block[];

/** A row of a sheet. */
export interface Place {
  block: number;
  line: number;
  row: number;
}

/** The first row of any sheet. */
export const TOP: Place = { block: 0, line: 0, row: 0 };

/** A block of rows that are laid out already. */
export function laidOut(rows: readonly Row[]): Block {
  return { length: rows.length, rows: (line) => rows.slice(line, line + 1) };
}

/** Up to `count` rows from a place on. */
export function rowsFrom(sheet: Sheet, place: Place, count: number): Row[] {
  const rows: Row[] = [];
  let { line, row } = place;
  for (let block = place.block; block < sheet.length && rows.length < count; block++, line = 0) {
    const { length = 0 } = sheet[block] ?? {};
    for (; line < length && rows.length < count; line++, row = 0) {
      rows.push(...(sheet[block]?.rows(line) ?? []).slice(row, row + count - rows.length));
    }
    row = 0;
  }
  return rows;
}

/** The place so many rows further down, or up where negative; the first or last row where there are not as many. */
export function moved(sheet: Sheet, place: Place, rows: number): Place {
  let at = settled(sheet, place);
  let left = Math.abs(rows);
  while (left > 0) {
    const { length } = sheet[at.block]?.rows(at.line) ?? [];
    const inLine = rows > 0 ? (length ?? 1) - 1 - at.row : at.row;
    if (left <= inLine) return { ...at, row: at.row + Math.sign(rows) * left };
    const next = rows > 0 ? lineAfter(sheet, at) : lineBefore(sheet, at);
    if (next === null) return { ...at, row: rows > 0 ? at.row + inLine : 0 };
    left -= inLine + 1;
    at = next;
  }
  return at;
}

/** The highest row to show first, so that the sheet's last row is the last of `height`. */
export function lastTop(sheet: Sheet, height: number): Place {
  return moved(sheet, end(sheet), 1 - height);
}

/** The place itself, or the last one from where the sheet still fills the height. */
export function heldTop(sheet: Sheet, place: Place, height: number): Place {
  const held = settled(sheet, place);
  const last = lastTop(sheet, height);
  return isBefore(last, held) ? last : held;
}

/** The first row that is seen where one at a place is wanted, and whether the sheet's first and last row are seen. */
export interface Window {
  top: Place;
  isAtTop: boolean;
  isAtEnd: boolean;
}

/** What is seen of a sheet from a place on. */
export function windowAt(sheet: Sheet, place: Place, height: number): Window {
  const top = heldTop(sheet, place, height);
  return {
    top,
    isAtTop: !isBefore(settled(sheet, TOP), top),
    isAtEnd: !isBefore(top, lastTop(sheet, height)),
  };
}

/** Whether one place stands above another. */
export function isBefore(a: Place, b: Place): boolean {
  return (a.block - b.block || a.line - b.line || a.row - b.row) < 0;
}

/** Lines above a place, of all that the sheet has. */
export function shareAbove(sheet: Sheet, place: Place): number {
  const above = sheet.slice(0, place.block).reduce((sum, one) => sum + one.length, 0) + place.line;
  const all = sheet.reduce((sum, one) => sum + one.length, 0);
  return all === 0 ? 0 : above / all;
}

/** A row that exists: of a line that a fold or a narrower screen took away, the last one before it. */
function settled(sheet: Sheet, place: Place): Place {
  const { length = 0 } = sheet[place.block] ?? {};
  if (length === 0) return lineAfter(sheet, place) ?? lineBefore(sheet, place) ?? TOP;
  const line = Math.min(place.line, length - 1);
  const rows = sheet[place.block]?.rows(line).length ?? 1;
  return { block: place.block, line, row: Math.min(place.row, rows - 1) };
}

function end(sheet: Sheet): Place {
  return lineBefore(sheet, { block: sheet.length, line: 0, row: 0 }) ?? TOP;
}

function lineAfter(sheet: Sheet, { block, line }: Place): Place | null {
  if (line + 1 < (sheet[block]?.length ?? 0)) return { block, line: line + 1, row: 0 };
  const next = sheet.findIndex((one, index) => index > block && one.length > 0);
  return next < 0 ? null : { block: next, line: 0, row: 0 };
}

/** At its last row. */
function lineBefore(sheet: Sheet, { block, line }: Place): Place | null {
  const inBlock = line > 0 && (sheet[block]?.length ?? 0) > 0;
  const at = inBlock ? block : sheet.findLastIndex((one, index) => index < block && one.length > 0);
  if (at < 0) return null;
  const last = inBlock ? line - 1 : (sheet[at]?.length ?? 1) - 1;
  return { block: at, line: last, row: (sheet[at]?.rows(last).length ?? 1) - 1 };
}
