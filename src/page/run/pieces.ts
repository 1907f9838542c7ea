import type { Range } from "./find-quote.ts";

/** A stretch of a text to point out. */
export interface Mark extends Range {
  kind: "evidence" | "hit";
  /** What was asked for last. */
  isActive: boolean;
  /** What is scrolled to: the first part of what was asked for. */
  isTarget: boolean;
}

/** What a folded text consists of: stretches that are shown, each with its mark, and gaps. */
export type Piece =
  | { kind: "text"; start: number; text: string; mark: Mark | null }
  | { kind: "gap"; start: number; end: number };

/** Texts up to this many characters are shown whole. */
export const WHOLE_CHARS = 6000;
const HEAD_CHARS = 3000;
const TAIL_CHARS = 1500;
const AROUND_CHARS = 400;
/** How far an edge may move to stand at a line's end. */
const SNAP_CHARS = 200;

/** What of a text is shown at first: all, or head, tail and what surrounds marks. */
export function firstShown(text: string, marks: readonly Range[]): Range[] {
  if (text.length <= WHOLE_CHARS) return [{ start: 0, end: text.length }];
  return merged(
    [
      { start: 0, end: HEAD_CHARS },
      ...marks.map(({ start, end }) => ({ start: start - AROUND_CHARS, end: end + AROUND_CHARS })),
      { start: text.length - TAIL_CHARS, end: text.length },
    ].map((range) => snapped(text, range)),
  );
}

/** Ranges in order, those that touch or overlap as one. */
export function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else all.push({ ...range });
  }
  return all;
}

/** Cuts a text into what is shown, marked or not, and the gaps between. */
export function pieces(text: string, shown: readonly Range[], marks: readonly Mark[]): Piece[] {
  const all: Piece[] = [];
  let at = 0;
  for (const range of shown) {
    if (range.start > at) all.push({ kind: "gap", start: at, end: range.start });
    all.push(...markedPieces(text, range, marks));
    at = range.end;
  }
  if (at < text.length) all.push({ kind: "gap", start: at, end: text.length });
  return all;
}

function markedPieces(text: string, range: Range, marks: readonly Mark[]): Piece[] {
  const inside = marks.filter((mark) => mark.start < range.end && mark.end > range.start);
  const cuts = new Set([range.start, range.end]);
  for (const { start, end } of inside)
    for (const cut of [start, end]) if (cut > range.start && cut < range.end) cuts.add(cut);
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? range.end;
    return { kind: "text", start, text: text.slice(start, end), mark: markOver(inside, start) };
  });
}

/** The mark that shows where several lie over each other: the one asked for, then evidence, then hits. */
function markOver(marks: readonly Mark[], at: number): Mark | null {
  const over = marks.filter((mark) => mark.start <= at && mark.end > at);
  return (
    over.find((mark) => mark.isActive) ?? over.find((mark) => mark.kind === "evidence") ?? over[0] ?? null
  );
}

function snapped(text: string, { start, end }: Range): Range {
  const before = start <= 0 ? -1 : text.lastIndexOf("\n", start);
  const after = end >= text.length ? -1 : text.indexOf("\n", end);
  return {
    start: start <= 0 ? 0 : start - before <= SNAP_CHARS ? before + 1 : start,
    end: end >= text.length ? text.length : after >= 0 && after - end <= SNAP_CHARS ? after + 1 : end,
  };
}
