import { describe, expect, test } from "vitest";
import { SHIPPED as SHIPPED_RULES } from "../../../bench/fit-rules/plans.ts";
import type { TrainingRun } from "../../../bench/fit-rules/training-run.ts";
import {
  countedByFolds,
  type Findings,
  fitFolds,
  leftOut,
  makeFolds,
  splitsOf,
} from "../../../bench/fit-selector/folds.ts";
import { SHIPPED } from "../../../bench/fit-selector/plans.ts";
import { madeRuns } from "../fit-rules/made-runs.ts";
import { madeFindings } from "./made-sessions.ts";

function counted(runs: readonly TrainingRun[], findings: Findings): number[][] {
  const folds = makeFolds(splitsOf(runs, SHIPPED_RULES), findings);
  return countedByFolds(runs, folds, fitFolds(folds, SHIPPED));
}

describe("folds", () => {
  test("count the annotated step of tasks that were not seen", () => {
    const runs = madeRuns();
    const found = counted(runs, madeFindings(runs));
    expect(runs.filter((run, index) => found[index]?.includes(run.gold[0] ?? 0))).toHaveLength(runs.length);
  });

  test("what is known of a task never reaches the rules or the selector that judge it", () => {
    const runs = madeRuns();
    const findings = madeFindings(runs);
    const planted = runs.map((run) =>
      run.task === "task-2" ? { ...run, gold: [1], judged: run.features.map(() => 1) } : run,
    );
    const judgesOf = (all: readonly TrainingRun[]) => {
      const folds = makeFolds(splitsOf(all, SHIPPED_RULES), findings);
      const selectors = fitFolds(folds, SHIPPED);
      return leftOut(all, folds)
        .filter(({ one }) => one.run.task === "task-2")
        .map(({ one, fold }) => ({ rules: one.rules, selector: selectors[fold] }));
    };
    const before = judgesOf(runs);
    expect(before).toHaveLength(2);
    expect(judgesOf(planted)).toEqual(before);
  });

  test("no fold is fitted on a run of its task, nor of its family where that is asked", () => {
    const runs = madeRuns().map((run, index) => ({ ...run, family: index % 2 === 0 ? "one" : "other" }));
    const seenWith = (otherFamiliesOnly: boolean) =>
      splitsOf(runs, SHIPPED_RULES, otherFamiliesOnly).map(({ seen, left }) => ({
        tasks: seen.filter((run) => left.some((one) => one.task === run.task)).length,
        families: seen.filter((run) => left.some((one) => one.family === run.family)).length,
        seen: seen.length,
      }));
    expect(seenWith(false).map(({ tasks, seen }) => ({ tasks, seen }))).toEqual(
      Array.from({ length: 6 }, () => ({ tasks: 0, seen: 10 })),
    );
    for (const { tasks, families } of seenWith(true)) expect([tasks, families]).toEqual([0, 0]);
  });

  test("a run without findings is left to the rules, and teaches nothing", () => {
    const runs = madeRuns();
    const findings = madeFindings(runs);
    const [first] = runs;
    findings.delete(first?.traj_id ?? "");
    const folds = makeFolds(splitsOf(runs, SHIPPED_RULES), findings);
    expect(folds.every(({ train }) => train.every(({ run }) => run.traj_id !== first?.traj_id))).toBe(true);
    const [byRules] = leftOut(runs, folds);
    expect(countedByFolds(runs, folds, fitFolds(folds, SHIPPED))[0]).toEqual(
      byRules?.one.rules.filter((one) => one.chosen).map((one) => one.step_id),
    );
  });
});
