import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";

/** What a report is checked against: the part of a run that the model was to judge. */
export interface ReportContext {
  /** In step order. */
  steps: readonly IndexedStep[];
  /** Those that the report must weigh. */
  stages: readonly Stage[];
  /** Whether the model was shown the step in this session. */
  opened(id: number): boolean;
}

/** The steps of a run by their ids. */
export function stepsById(steps: readonly IndexedStep[]): ReadonlyMap<number, IndexedStep> {
  return new Map(steps.map((step) => [step.step_id, step]));
}

/** Ascending, without repeats. */
export function ascending(ids: Iterable<number>): number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}

/** Step or stage ids in words, neighbours as ranges: `3, 7-9`; so many ranges at most. */
export function idList(ids: Iterable<number>, most = RANGES_MAX): string {
  const ranges: { first: number; last: number }[] = [];
  for (const id of ascending(ids)) {
    const range = ranges.at(-1);
    if (range?.last === id - 1) range.last = id;
    else ranges.push({ first: id, last: id });
  }
  const told = ranges
    .slice(0, most)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  return ranges.length > most ? `${told.join(", ")} and others` : told.join(", ");
}

/** The same with the noun: `step 4`, `steps 4-5`. */
export function stepList(ids: Iterable<number>): string {
  const list = ascending(ids);
  return `${list.length === 1 ? "step" : "steps"} ${idList(list)}`;
}

const RANGES_MAX = 12;
