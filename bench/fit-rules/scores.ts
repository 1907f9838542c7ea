import { countShared, exactF1, f1Of } from "../codetracebench/score/sets.ts";
import type { TrainingRun } from "./training-run.ts";

/** The scores of one method. Shares from 0 to 1. */
export interface Scores {
  /** Mean F1 over all runs, 0 where nothing is annotated. */
  official: number;
  /** Mean F1 over the runs with annotated steps. */
  positive_macro: number;
  /** F1 over the steps of positive and of solved, unannotated runs. */
  micro: number;
  precision: number;
  recall: number;
  /** Solved runs without annotated steps that got a label. */
  solved_empty_flagged: number;
  solved_empty: number;
  /** Steps labelled incorrect a run, over all runs. */
  steps_per_run: number;
}

/** Scores the steps that a method calls incorrect, one list a run in the order of the runs. */
export function scoresOf(
  runs: readonly Pick<TrainingRun, "sort" | "gold">[],
  predicted: readonly (readonly number[])[],
): Scores {
  const pairs = runs.map((run, index) => ({ run, ids: predicted[index] ?? [] }));
  const positive = pairs.filter(({ run }) => run.sort === "positive");
  const empty = pairs.filter(({ run }) => run.sort === "solved_empty");
  const f1 = positive.reduce((sum, { run, ids }) => sum + exactF1(ids, run.gold), 0);
  const hits = positive.reduce((sum, { run, ids }) => sum + countShared(ids, run.gold), 0);
  const flagged = [...positive, ...empty].reduce((sum, { ids }) => sum + ids.length, 0);
  const gold = positive.reduce((sum, { run }) => sum + run.gold.length, 0);
  return {
    official: f1 / Math.max(1, runs.length),
    positive_macro: f1 / Math.max(1, positive.length),
    micro: f1Of(hits, flagged, gold),
    precision: hits / Math.max(1, flagged),
    recall: hits / Math.max(1, gold),
    solved_empty_flagged: empty.filter(({ ids }) => ids.length > 0).length,
    solved_empty: empty.length,
    steps_per_run: pairs.reduce((sum, { ids }) => sum + ids.length, 0) / Math.max(1, runs.length),
  };
}
