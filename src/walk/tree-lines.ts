import { printable } from "../report/printable.ts";

/** A line of the trace tree and the steps that it stands for; 0 = none. */
export interface TreeLine {
  text: string;
  first: number;
  last: number;
}

const known = new WeakMap<object, readonly TreeLine[]>();

/** The lines of a run's trace tree. Read once a run. */
export function treeLines(workspace: { tree: string }): readonly TreeLine[] {
  const lines = known.get(workspace) ?? workspace.tree.trimEnd().split("\n").map(treeLine);
  known.set(workspace, lines);
  return lines;
}

/** The line that shows a step; -1 where none does. */
export function lineOfStep(lines: readonly TreeLine[], stepId: number): number {
  return lines.findIndex(({ first, last }) => stepId >= first && stepId <= last);
}

/** The first step of the line so many lines with steps further down, or up; the first or last of them where there are not as many. */
export function stepLinesAway(lines: readonly TreeLine[], stepId: number, count: number): number {
  const withSteps = lines.filter(({ first }) => first > 0);
  const at = withSteps.findIndex(({ first, last }) => stepId >= first && stepId <= last);
  const to = Math.min(Math.max(at + count, 0), withSteps.length - 1);
  return withSteps[to]?.first ?? stepId;
}

/** A line begins with the number of its step, or of the steps that it folds, in brackets; a heading does not. */
function treeLine(text: string): TreeLine {
  const match = /^[\s│├└─]*\[(\d+)(?:[-–](\d+))?\]/.exec(text);
  const first = Number(match?.[1] ?? 0);
  return { text: printable(text), first, last: Number(match?.[2] ?? first) };
}
