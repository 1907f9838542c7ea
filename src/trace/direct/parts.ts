import type { Stage } from "../../trajectory/stage.ts";

/** A piece of a run that one prompt holds. */
export interface RunPart {
  first_step_id: number;
  last_step_id: number;
  /** The stages that reach into it. */
  stages: readonly Stage[];
}

/**
 * Cuts a run into as few parts as hold at most `budget` each, of even size, along stage boundaries. Only a stage that is larger than the budget is cut
 * itself; a single step that is larger stands alone.
 *
 * @param weights of step n at index n − 1, in the unit of the budget
 */
export function splitRun(stages: readonly Stage[], weights: readonly number[], budget: number): RunPart[] {
  const parts = packed(stages, weights, budget);
  if (parts.length === 1) return parts;
  let low = Math.floor(budget / 2);
  let high = budget;
  while (high - low > Math.max(1, budget * 0.02)) {
    const middle = Math.floor((low + high) / 2);
    if (packed(stages, weights, middle).length <= parts.length) high = middle;
    else low = middle;
  }
  return packed(stages, weights, high);
}

/** A run in one part. */
export function wholeRun(stages: readonly Stage[], stepCount: number): RunPart {
  return partOf(stages, 1, stepCount);
}

function packed(stages: readonly Stage[], weights: readonly number[], budget: number): RunPart[] {
  const ends: number[] = [];
  let load = 0;
  for (const stage of stages) {
    const steps = range(stage.start_step_id, stage.end_step_id);
    const weight = steps.reduce((total, id) => total + (weights[id - 1] ?? 0), 0);
    if (load > 0 && load + weight > budget) {
      ends.push(stage.start_step_id - 1);
      load = 0;
    }
    for (const id of weight > budget ? steps : []) {
      const own = weights[id - 1] ?? 0;
      if (load > 0 && load + own > budget) {
        ends.push(id - 1);
        load = 0;
      }
      load += own;
    }
    if (weight <= budget) load += weight;
  }
  ends.push(weights.length);
  return ends.map((last, index) => partOf(stages, (ends[index - 1] ?? 0) + 1, last));
}

function partOf(stages: readonly Stage[], first: number, last: number): RunPart {
  return {
    first_step_id: first,
    last_step_id: last,
    stages: stages.filter((stage) => stage.start_step_id <= last && stage.end_step_id >= first),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
