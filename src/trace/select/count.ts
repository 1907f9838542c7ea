import type { CountFloors } from "./weights.ts";

/** The floor that holds for a run. `resolved` null = not known. */
export function floorOf(resolved: boolean | null, floors: CountFloors): number {
  if (resolved === null) return floors.floor_unknown;
  return resolved ? floors.floor_solved : floors.floor_failed;
}

/** What may be counted: a step, or a block that counts as a whole. */
export interface Countable {
  step_ids: readonly number[];
  probability: number;
}

/** Most probable first, the earlier one of equals. */
export function ranked<T extends Countable>(all: readonly T[]): T[] {
  return [...all].sort(
    (a, b) => b.probability - a.probability || (a.step_ids[0] ?? 0) - (b.step_ids[0] ?? 0),
  );
}

/**
 * How many of the most probable to count so that the F1 to be expected, 2 · expected hits / (counted + expected incorrect steps),
 * is greatest. At least one where there is any.
 */
export function countForF1(mostProbableFirst: readonly Countable[]): number {
  const expected = mostProbableFirst.reduce((sum, one) => sum + one.probability * one.step_ids.length, 0);
  let [hits, steps, best, count] = [0, 0, -1, 0];
  for (const [index, { probability, step_ids }] of mostProbableFirst.entries()) {
    hits += probability * step_ids.length;
    steps += step_ids.length;
    const value = (2 * hits) / (steps + expected);
    if (value > best) [best, count] = [value, index + 1];
  }
  return count;
}
