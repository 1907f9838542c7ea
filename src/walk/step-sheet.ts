import { type Book, FIELDS, type Stretch } from "./book.ts";
import { fieldBlocks } from "./fields.ts";
import { entryAt } from "./line-index.ts";
import { stepNotes } from "./notes.ts";
import { type Block, isBefore, laidOut, lastTop, moved, type Place, type Sheet, TOP } from "./scroll.ts";
import { span, wrapRow } from "./spans.ts";
import type { WalkState } from "./state.ts";
import { roomFor } from "./text-block.ts";

/** Everything of the step that is looked at, from the diagnosis to the observation: notes, then two blocks a field. */
export function stepSheet(book: Book, state: WalkState, columns: number): Sheet {
  const sheet: Block[] = [laidOut(stepNotes(book, state.step_id, columns))];
  for (const field of FIELDS) {
    const isFirst = sheet.every((block) => block.length === 0);
    sheet.push(...fieldBlocks(book, state, field, columns, isFirst));
  }
  return sheet;
}

/** The top from which a stretch of the step is seen: the step's own where that shows it, else with a third of the screen above it. */
export function topFor(book: Book, state: WalkState, at: Stretch, columns: number, height: number): Place {
  const sheet = stepSheet(book, state, columns);
  const place = placeOf(book, sheet, at, columns);
  if (isBefore(place, moved(sheet, TOP, height - 1))) return TOP;
  const top = moved(sheet, place, -Math.floor(height / 3));
  const last = lastTop(sheet, height);
  return isBefore(last, top) ? last : top;
}

/** The row that a stretch begins in; one above it at most where its first word went to the next row. */
function placeOf(book: Book, sheet: Sheet, at: Stretch, columns: number): Place {
  const room = roomFor(columns);
  const index = book.lines(at.step_id, at.field, room);
  const line = entryAt(index, at.start);
  const before = (book.text(at.step_id, at.field) ?? "").slice(index.starts[line] ?? 0, at.start + 1);
  const above = wrapRow([span(before)], room, "words").length - 1;
  const block = 2 + 2 * FIELDS.indexOf(at.field);
  const { length = 1 } = sheet[block]?.rows(line) ?? [];
  return { block, line, row: Math.min(above, length - 1) };
}
