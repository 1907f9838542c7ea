import { groupBy } from "../codetracebench/score/group-by.ts";
import type { Plan as RulesPlan } from "../fit-rules/cross-validate.ts";
import type { TrainingRun } from "../fit-rules/training-run.ts";
import { fitSelector, type Selector, select } from "./fit.ts";
import type { Plan } from "./plans.ts";
import { type RulesSay, ruleSteps } from "./rule-steps.ts";
import { type SelectRun, selectRun } from "./select-run.ts";
import type { Claim } from "./selector.ts";

/** The runs of one task, left out, and those that everything may be fitted on. */
export interface Fold {
  train: readonly SelectRun[];
  /** By traj_id; the rules that judge these runs saw none of their task. */
  test: ReadonlyMap<string, SelectRun>;
}

/** Findings of judged runs by traj_id. */
export type Findings = ReadonlyMap<string, readonly Claim[]>;

/** Runs left out together, those that may be seen for them, and the rules on both. */
export interface Split {
  seen: readonly TrainingRun[];
  left: readonly TrainingRun[];
  rules: RulesSay;
}

/**
 * One split a task: it may see all runs of other tasks, or only those of other agent families among them (then one split for each
 * task and family). The rules are fitted on all runs that may be seen, judged or not.
 */
export function splitsOf(
  runs: readonly TrainingRun[],
  rulesPlan: RulesPlan,
  otherFamiliesOnly = false,
): Split[] {
  const keyOf = (run: TrainingRun): string => `${run.task}\0${otherFamiliesOnly ? run.family : ""}`;
  const groups = groupBy(runs, keyOf);
  return [...groups.values()].map((left) => {
    const isLeft = (run: TrainingRun): boolean =>
      left.some((one) => one.task === run.task || (otherFamiliesOnly && one.family === run.family));
    const seen = runs.filter((run) => !isLeft(run));
    return { seen, left, rules: ruleSteps(seen, left, rulesPlan) };
  });
}

/** The selector is fitted on the judged runs that a split may see. `judging` = the same splits with the rules that judge the runs left out. */
export function makeFolds(splits: readonly Split[], findings: Findings, judging = splits): Fold[] {
  const joined = (run: TrainingRun, rules: RulesSay): SelectRun =>
    selectRun(run, findings.get(run.traj_id) ?? [], rules.get(run.traj_id) ?? []);
  return splits.map(({ seen, left, rules }, index) => ({
    train: seen.filter((run) => findings.has(run.traj_id)).map((run) => joined(run, rules)),
    test: new Map(left.map((run) => [run.traj_id, joined(run, judging[index]?.rules ?? rules)])),
  }));
}

/** A selector for each fold, fitted on what the fold may see. */
export function fitFolds(folds: readonly Fold[], plan: Plan): Selector[] {
  return folds.map((fold) => fitSelector(fold.train, plan));
}

/** The steps counted in each run by the selector of its fold. A run without findings is left to the rules. */
export function countedByFolds(
  runs: readonly TrainingRun[],
  folds: readonly Fold[],
  selectors: readonly Selector[],
): number[][] {
  return leftOut(runs, folds).map(({ one, fold }) => {
    const selector = selectors[fold];
    if (!selector || one.findings.length === 0) return chosenByRules(one);
    return select(one, selector);
  });
}

/** Each run as it was left out, with the number of its fold. */
export function leftOut(
  runs: readonly TrainingRun[],
  folds: readonly Fold[],
): { one: SelectRun; fold: number }[] {
  return runs.flatMap((run) =>
    folds.flatMap(({ test }, fold) => {
      const one = test.get(run.traj_id);
      return one ? [{ one, fold }] : [];
    }),
  );
}

/** The steps that the rules would label. */
export function chosenByRules({ rules }: SelectRun): number[] {
  return rules.filter((one) => one.chosen).map((one) => one.step_id);
}
