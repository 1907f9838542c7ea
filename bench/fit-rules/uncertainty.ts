import { bootstrapInterval, planResamples } from "../../src/stats/cluster-bootstrap.ts";
import { signFlipTest } from "../../src/stats/permutation.ts";
import { countShared, exactF1 } from "../codetracebench/score/sets.ts";
import type { TrainingRun } from "./training-run.ts";

const RESAMPLES = 10_000;
const SEED = 1;

/** The steps that a method calls incorrect, one list a run. */
export type Predicted = readonly (readonly number[])[];

/** 95 % intervals of both F1, resampling whole tasks; null = nothing is annotated. */
export interface Intervals {
  positive_macro: { low: number; high: number } | null;
  micro: { low: number; high: number } | null;
}

/** How far the scores may be chance, were other tasks drawn. The same runs give the same figures. */
export function intervalsOf(runs: readonly TrainingRun[], predicted: Predicted): Intervals {
  const tasks = tasksOf(runs);
  const plan = planResamples(tasks.length, RESAMPLES, SEED);
  const sums = (value: (run: TrainingRun, ids: readonly number[]) => number): Float64Array =>
    Float64Array.from(tasks, (indices) => total(indices, (at, run) => value(run, predicted[at] ?? []), runs));
  return {
    positive_macro: bootstrapInterval(plan, {
      numerators: sums((run, ids) => (run.sort === "positive" ? exactF1(ids, run.gold) : 0)),
      denominators: sums((run) => (run.sort === "positive" ? 1 : 0)),
    }),
    micro: bootstrapInterval(plan, {
      numerators: sums((run, ids) => 2 * countShared(ids, run.gold)),
      denominators: sums((run, ids) => (run.sort === "unlabelled" ? 0 : ids.length + run.gold.length)),
    }),
  };
}

/** Two-sided p of a paired permutation test on positive macro F1, flipping whole tasks. */
export function pairedP(runs: readonly TrainingRun[], one: Predicted, other: Predicted): number {
  const difference = (at: number, run: TrainingRun): number =>
    run.sort === "positive" ? exactF1(one[at] ?? [], run.gold) - exactF1(other[at] ?? [], run.gold) : 0;
  const sums = tasksOf(runs).map((indices) => total(indices, difference, runs));
  return signFlipTest(sums, RESAMPLES, SEED).p;
}

/** Indices of the runs of each task, tasks in alphabetical order. */
function tasksOf(runs: readonly TrainingRun[]): number[][] {
  const tasks = [...new Set(runs.map((run) => run.task))].sort();
  return tasks.map((task) => runs.flatMap((run, at) => (run.task === task ? [at] : [])));
}

function total(
  indices: readonly number[],
  value: (at: number, run: TrainingRun) => number,
  runs: readonly TrainingRun[],
): number {
  return indices.reduce((sum, at) => {
    const run = runs[at];
    return run ? sum + value(at, run) : sum;
  }, 0);
}
