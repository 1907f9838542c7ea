import {
  type Fitted,
  fitAll,
  foldsOf,
  INNER_FOLDS,
  type Plan,
  predicted,
} from "../fit-rules/cross-validate.ts";
import { fitRegression, logOddsOf } from "../fit-rules/fit.ts";
import { sigmoid } from "../fit-rules/logistic.ts";
import { SHIPPED } from "../fit-rules/plans.ts";
import type { TrainingRun } from "../fit-rules/training-run.ts";
import type { RuleStep } from "./selector.ts";

/** What the rules say of every step of each run, by traj_id. */
export type RulesSay = ReadonlyMap<string, readonly RuleStep[]>;

/**
 * The rules on runs that they may be fitted on and on others. Of the former each is scored by a regression that saw no run of
 * its task; the latter are scored by the one fitted on all of the former.
 */
export function ruleSteps(
  seen: readonly TrainingRun[],
  others: readonly TrainingRun[],
  plan: Plan = SHIPPED,
): RulesSay {
  const fitted = fitAll(seen, plan);
  const folds = foldsOf(seen);
  const models = Array.from({ length: INNER_FOLDS }, (_, fold) => ({
    ...fitted,
    ...fitRegression(
      seen.filter((run) => folds.get(run.task) !== fold),
      fitted.fit,
      plan.columns,
    ),
  }));
  return new Map([
    ...seen.map((run) => [run.traj_id, said(run, models[folds.get(run.task) ?? 0] ?? fitted, plan)] as const),
    ...others.map((run) => [run.traj_id, said(run, fitted, plan)] as const),
  ]);
}

function said(run: TrainingRun, fitted: Fitted, plan: Plan): RuleStep[] {
  const { slope, intercept } = fitted.calibration;
  const chosen = new Set(predicted(run, fitted, plan.detectors));
  return logOddsOf(run, fitted).map((value, index) => ({
    step_id: index + 1,
    probability: sigmoid(slope * value + intercept),
    chosen: chosen.has(index + 1),
  }));
}
