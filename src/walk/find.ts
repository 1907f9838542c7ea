import { type Book, FIELDS, type Field, type Stretch } from "./book.ts";

/** Which way to look through the run from a step or a stretch of one; `wrapped` = past its end and on from the other. */
export type Direction = 1 | -1;

/** What was found; null = nowhere in the run. */
export interface Found {
  at: Stretch | null;
  wrapped: boolean;
}

/** A pattern for a text as it stands; capital letters count where it has any. */
export function searchPattern(text: string): RegExp {
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(literal, text === text.toLowerCase() ? "giu" : "gu");
}

/** The next place of a searched text in thinking, action and observation of all steps, from a stretch or the top of a step. */
export function findText(book: Book, text: string, from: Stretch | number, way: Direction): Found {
  const pattern = searchPattern(text);
  return find(book, from, way, (stepId, field) => matches(book, pattern, stepId, field, from, way));
}

/** The next quote of any label. */
export function findQuote(book: Book, from: Stretch | number, way: Direction): Found {
  return find(book, from, way, (stepId, field) => book.quotes(stepId, field));
}

/** Stretches of a field in their order, or some of them: as far as the nearest to `from` is among them. */
type StretchesIn = (stepId: number, field: Field) => Iterable<Stretch>;

function find(book: Book, from: Stretch | number, way: Direction, stretchesIn: StretchesIn): Found {
  const start = typeof from === "number" ? from : from.step_id;
  const beyond = (one: Stretch): boolean =>
    typeof from === "number" ? way > 0 || one.step_id !== from : compare(one, from) * way > 0;
  const count = book.steps.length;
  for (let walked = 0; walked <= count; walked++) {
    const stepId = ((((start - 1 + walked * way) % count) + count) % count) + 1;
    const isBack = walked === count;
    const isWrapped = isBack || (stepId - start) * way < 0;
    for (const field of way > 0 ? FIELDS : [...FIELDS].reverse()) {
      const at = nearest(stretchesIn(stepId, field), way, (one) => walked > 0 || beyond(one));
      if (at !== undefined) return { at, wrapped: isWrapped };
    }
  }
  return { at: null, wrapped: false };
}

function nearest(
  stretches: Iterable<Stretch>,
  way: Direction,
  counts: (one: Stretch) => boolean,
): Stretch | undefined {
  let last: Stretch | undefined;
  for (const one of stretches) {
    if (!counts(one)) continue;
    if (way > 0) return one;
    last = one;
  }
  return last;
}

function compare(a: Stretch, b: Stretch): number {
  return a.step_id - b.step_id || FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field) || a.start - b.start;
}

function* matches(
  book: Book,
  pattern: RegExp,
  stepId: number,
  field: Field,
  from: Stretch | number,
  way: Direction,
): Generator<Stretch> {
  const text = book.text(stepId, field) ?? "";
  const isHere = typeof from !== "number" && from.step_id === stepId && from.field === field;
  pattern.lastIndex = isHere && way > 0 ? from.end : 0;
  for (const { index, 0: match } of text.matchAll(pattern)) {
    yield { step_id: stepId, field, start: index, end: index + match.length };
  }
}
