import { cutInside } from "../report/columns.ts";
import { printable } from "../report/printable.ts";
import { plural, refWords } from "../report/words.ts";
import type { IndexedStep } from "../trajectory/step.ts";
import type { Book, Field } from "./book.ts";
import { foldBlock } from "./fold.ts";
import { type Block, laidOut } from "./scroll.ts";
import { cutRow, type Row, rowWidth, span } from "./spans.ts";
import type { WalkState } from "./state.ts";
import { roomFor, textBlock } from "./text-block.ts";

/** Rows of a folded text. */
const FOLDED_ROWS: Readonly<Record<Field, number>> = { thinking: 4, action: 10, observation: 4 };
const SEPARATOR = " · ";
/** A place cut shorter than this names none. */
const LEAST_REF = 10;
/** The key that folds a text. */
export const FOLD_KEYS: Readonly<Record<Field, string>> = { thinking: "t", action: "a", observation: "v" };

/** Whether a text is folded now: as was said for this step, else as its quotes need it, else as in every step. */
export function isFolded(book: Book, state: WalkState, field: Field, columns: number): boolean {
  return state.here[field] ?? (!hidesQuote(book, state.step_id, field, columns) && state.folded[field]);
}

/** Heading and text of a field as two blocks; both empty where the agent wrote no thinking. */
export function fieldBlocks(
  book: Book,
  state: WalkState,
  field: Field,
  columns: number,
  isFirst: boolean,
): [Block, Block] {
  const step = book.step(state.step_id);
  const text = book.text(state.step_id, field);
  if (step === undefined || (field === "thinking" && (text ?? "").trim() === ""))
    return [laidOut([]), laidOut([])];
  const block = textBlock(book, state.step_id, field, columns, state);
  const mark = [span(`  … ${FOLD_KEYS[field]} unfolds the rest`, "dim")];
  const shown = isFolded(book, state, field, columns) ? foldBlock(block, FOLDED_ROWS[field], mark) : block;
  const gap: Row[] = isFirst ? [] : [[]];
  return [laidOut([...gap, headingOf(book, step, field, columns)]), shown];
}

/** How long it is, which tool was called, and where it stands in the raw files: of that the end, which says the line. */
function headingOf(book: Book, step: IndexedStep, field: Field, columns: number): Row {
  const { line_count } = book.lines(step.step_id, field, roomFor(columns));
  const isMissing = book.text(step.step_id, field) === null;
  const length = isMissing ? "not recorded" : line_count === 0 ? "empty" : plural(line_count, "line");
  const tool = field === "action" && step.tool !== undefined ? [step.tool] : [];
  const head = [span(field, "bold"), span(` · ${[length, ...tool].join(" · ")}`, "dim")];
  const ref = field === "thinking" ? null : field === "action" ? step.action_ref : step.observation_ref;
  const room = columns - rowWidth(head) - SEPARATOR.length;
  if (ref === null || room < LEAST_REF) return cutRow(head, columns);
  return [...head, span(`${SEPARATOR}${cutInside(printable(refWords(ref)), room)}`, "dim")];
}

/** Evidence is never behind a fold unless somebody folds it. */
function hidesQuote(book: Book, stepId: number, field: Field, columns: number): boolean {
  const quotes = book.quotes(stepId, field);
  if (quotes.length === 0) return false;
  const block = textBlock(book, stepId, field, columns, { search: null, quote: null });
  const { ends } = book.lines(stepId, field, roomFor(columns));
  let shownEnd = 0;
  for (let line = 0, rows = 0; line < block.length; line++) {
    rows += block.rows(line).length;
    if (rows > FOLDED_ROWS[field]) break;
    shownEnd = ends[line] ?? shownEnd;
  }
  return quotes.some((quote) => quote.end > shownEnd);
}
