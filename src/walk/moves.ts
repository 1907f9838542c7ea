import type { Book, Stretch } from "./book.ts";
import { type Direction, type Found, findQuote, findText } from "./find.ts";
import { heldTop, lastTop, moved, windowAt } from "./scroll.ts";
import { atStep, jumped, type Search, type Size, saying, type WalkState } from "./state.ts";
import { stepSheet, topFor } from "./step-sheet.ts";

/** What a key needs to know besides the state: the run, and the room for a step's text. */
export interface View {
  book: Book;
  /** Columns, and rows between header and footer. */
  body: Size;
}

/** The step so many further on, or back; the first or last one where there are not as many. */
export function stepAway(state: WalkState, { book }: View, count: number): WalkState {
  const to = Math.min(Math.max(state.step_id + count, 1), book.steps.length);
  if (to !== state.step_id) return atStep(state, to);
  return saying(state, count > 0 ? "this is the last step" : "this is the first step");
}

/** A step by its number. */
export function toStep(state: WalkState, { book }: View, stepId: number): WalkState {
  const count = book.steps.length;
  if (stepId < 1 || stepId > count) return saying(state, `there is no step ${stepId}: the run has ${count}`);
  return jumped(state, stepId);
}

/** The step that the last jump was made from. */
export function back(state: WalkState): WalkState {
  const from = state.trail.at(-1);
  if (from === undefined) return saying(state, "no jump to go back from");
  return { ...atStep(state, from), trail: state.trail.slice(0, -1) };
}

/** The first step of the failure chain. */
export function toOnset(state: WalkState, { book }: View): WalkState {
  const { onset_step_id, verdict } = book.workspace.diagnosis;
  if (onset_step_id === null) return saying(state, `no onset was found: ${verdict.replaceAll("_", " ")}`);
  return jumped(state, onset_step_id);
}

/** The next step, or the one before, of which something holds; `what` names it where there is none. */
export function toStepThat(
  state: WalkState,
  { book }: View,
  way: Direction,
  what: string,
  holds: (stepId: number) => boolean,
): WalkState {
  for (let id = state.step_id + way; id >= 1 && id <= book.steps.length; id += way)
    if (holds(id)) return jumped(state, id);
  return saying(state, `no ${what} ${way > 0 ? "after" : "before"} this step`);
}

/** The first step of the next stage; back: of this stage, or from there of the one before. */
export function toStage(state: WalkState, view: View, way: Direction): WalkState {
  const starts = new Set(view.book.workspace.stages.map((one) => one.start_step_id));
  return toStepThat(state, view, way, "stage begins", (id) => starts.has(id));
}

/** Scrolls the text of the step. */
export function scroll(state: WalkState, view: View, rows: number): WalkState {
  const sheet = stepSheet(view.book, state, view.body.columns);
  return { ...state, top: heldTop(sheet, moved(sheet, state.top, rows), view.body.rows) };
}

/** The end of the step's text. */
export function toEnd(state: WalkState, { book, body }: View): WalkState {
  return { ...state, top: lastTop(stepSheet(book, state, body.columns), body.rows) };
}

/** One screen on, and from the end of a step to the next; back: from the top of a step to the end of the one before. */
export function screenOn(state: WalkState, view: View, way: Direction): WalkState {
  const { body, book } = view;
  const sheet = stepSheet(book, state, body.columns);
  const { isAtTop, isAtEnd } = windowAt(sheet, state.top, body.rows);
  if (!(way > 0 ? isAtEnd : isAtTop)) return scroll(state, view, way * Math.max(body.rows - 1, 1));
  const next = stepAway(state, view, way);
  return way > 0 || next.step_id === state.step_id ? next : toEnd(next, view);
}

/** Begins a search at the top of this step. */
export function startSearch(state: WalkState, view: View, text: string): WalkState {
  return toFound(
    { ...state, quote: null, search: { text, at: null } },
    view,
    findText(view.book, text, state.step_id, 1),
    1,
  );
}

/** The next place of what was searched for: from the last one where that is in this step, else from this step. */
export function searchOn(state: WalkState, view: View, way: Direction): WalkState {
  const { search } = state;
  if (search === null) return saying(state, "nothing was searched for yet: / begins");
  const from = search.at?.step_id === state.step_id ? search.at : state.step_id;
  return toFound(state, view, findText(view.book, search.text, from, way), way);
}

/** The next quote that a label rests on. */
export function toQuote(state: WalkState, view: View, way: Direction): WalkState {
  const { quote, step_id } = state;
  const found = findQuote(view.book, quote?.step_id === step_id ? quote : step_id, way);
  if (found.at === null) return saying(state, "no label quotes this run");
  return { ...toPlace(state, view, found.at), quote: found.at, message: wrapWords(found, way) };
}

function toFound(state: WalkState, view: View, found: Found, way: Direction): WalkState {
  const search: Search | null = state.search && { ...state.search, at: found.at };
  if (found.at === null) return saying({ ...state, search }, `not found: ${search?.text ?? ""}`);
  return { ...toPlace({ ...state, search }, view, found.at), message: wrapWords(found, way) };
}

function wrapWords({ wrapped }: Found, way: Direction): string | null {
  if (!wrapped) return null;
  return way > 0 ? "past the last step: on from the first" : "past the first step: on from the last";
}

function toPlace(state: WalkState, { book, body }: View, at: Stretch): WalkState {
  const there = at.step_id === state.step_id ? state : jumped(state, at.step_id);
  const open = { ...there, here: { ...there.here, [at.field]: false } };
  return { ...open, top: topFor(book, open, at, body.columns, body.rows) };
}
