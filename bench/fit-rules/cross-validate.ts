import { fitCalibration, fitRegression, logOddsOf } from "./fit.ts";
import { sigmoid } from "./logistic.ts";
import { scoresOf } from "./scores.ts";
import { candidates, choose, type FitSettings, type Model, runView, type Selection } from "./tracer.ts";
import type { TrainingRun } from "./training-run.ts";

/** What is decided before fitting, and the few values of which the inner validation takes the best. */
export interface Plan {
  /** Indices into `FEATURES`. */
  columns: readonly number[];
  judgement_share: number;
  judged_only_weight: number;
  /** False = as if there were no detectors. */
  detectors: boolean;
}

/** Everything that a fit comes to. */
export interface Fitted extends Model {
  fit: FitSettings;
  selection: Selection;
}

/** Folds of the inner validation. */
export const INNER_FOLDS = 5;
const L2 = [30, 100];
const SHARES_OF_BEST = [0.35, 0.5, 0.65];
const RUN_STEPS_PER_EXTRA = [25, 40, 80];
/** Set beforehand, not fitted: a run of unknown outcome may be sound, so it takes more to blame it. */
const FIXED = { steps: 2, steps_max: 6, floor_failed: 0.1, floor_unknown: 0.35 };
const STEPS_PER_RUN_MAX = 3;

/**
 * Chooses penalty and selection by validation over tasks inside the given runs, fits on all of them, and calibrates on the
 * runs as they were held out. Nothing outside the given runs is looked at. Deterministic.
 */
export function fitAll(runs: readonly TrainingRun[], plan: Plan): Fitted {
  const tried = L2.map((l2) => {
    const fit = settings(plan, l2);
    const held = heldOut(runs, fit, plan.columns);
    const calibration = fitCalibration(held);
    return { fit, calibration, ...bestSelection(held, calibration) };
  });
  const [first, ...others] = tried;
  if (!first) throw new Error("no penalty to try");
  const best = others.reduce((one, other) => (other.value > one.value ? other : one), first);
  const { fit, calibration, selection } = best;
  return { ...fitRegression(runs, fit, plan.columns), fit, calibration, selection };
}

/** The steps called incorrect in each run by a model that saw no run of its task, in the order of the runs. */
export function crossValidated(runs: readonly TrainingRun[], plan: Plan): number[][] {
  return heldOutBy(
    runs,
    plan,
    (run) => run.task,
    (one, run) => one.task !== run.task,
  );
}

/** The same by a model that saw no run of its task and none of its agent family. */
export function crossFamily(runs: readonly TrainingRun[], plan: Plan): number[][] {
  return heldOutBy(
    runs,
    plan,
    (run) => `${run.family}\0${run.task}`,
    (one, run) => one.task !== run.task && one.family !== run.family,
  );
}

/** Fits once for each key, on the runs that may be seen for it. */
function heldOutBy(
  runs: readonly TrainingRun[],
  plan: Plan,
  keyOf: (run: TrainingRun) => string,
  maySee: (one: TrainingRun, run: TrainingRun) => boolean,
): number[][] {
  const fits = new Map<string, Fitted>();
  return runs.map((run) => {
    const fitted =
      fits.get(keyOf(run)) ??
      fitAll(
        runs.filter((one) => maySee(one, run)),
        plan,
      );
    fits.set(keyOf(run), fitted);
    return predicted(run, fitted, plan.detectors);
  });
}

/** The steps that the tracer calls incorrect with this model, with or without what its detectors find. */
export function predicted(run: TrainingRun, fitted: Fitted, detectors = true): number[] {
  const { context } = run.inspection.view;
  const inspection = detectors ? run.inspection : { findings: [], view: runView(context, []) };
  return candidates(inspection, run.resolved, fitted)
    .filter((one) => one.detector.label === "incorrect")
    .map((one) => one.step_id);
}

interface Held {
  run: TrainingRun;
  logOdds: number[];
}

/** Deals tasks to `INNER_FOLDS` folds in alphabetical order. */
export function foldsOf(runs: readonly Pick<TrainingRun, "task">[]): Map<string, number> {
  const tasks = [...new Set(runs.map((run) => run.task))].sort();
  return new Map(tasks.map((task, index) => [task, index % INNER_FOLDS]));
}

/** Each run's log-odds by a regression that saw no run of its task. */
function heldOut(runs: readonly TrainingRun[], fit: FitSettings, columns: readonly number[]): Held[] {
  const folds = foldsOf(runs);
  const models = Array.from({ length: INNER_FOLDS }, (_, fold) =>
    fitRegression(
      runs.filter((run) => folds.get(run.task) !== fold),
      fit,
      columns,
    ),
  );
  return runs.flatMap((run) => {
    const model = models[folds.get(run.task) ?? 0];
    return model ? [{ run, logOdds: logOddsOf(run, model) }] : [];
  });
}

/** The selection with the best mean of positive macro and micro F1 among those that do not flood. */
function bestSelection(
  held: readonly Held[],
  { slope, intercept }: Model["calibration"],
): { selection: Selection; value: number } {
  const scored = held.map(({ run, logOdds }) => ({
    run,
    scores: logOdds.map((one, index) => ({
      step_id: index + 1,
      probability: sigmoid(slope * one + intercept),
    })),
  }));
  let best = { selection: { ...FIXED, share_of_best: 1, run_steps_per_extra: 1000 }, value: -1 };
  for (const share_of_best of SHARES_OF_BEST) {
    for (const run_steps_per_extra of RUN_STEPS_PER_EXTRA) {
      const selection = { ...FIXED, share_of_best, run_steps_per_extra };
      const ids = scored.map(({ run, scores }) =>
        run.resolved === true ? [] : choose(scores, run.resolved, selection).map((one) => one.step_id),
      );
      const { positive_macro, micro, steps_per_run } = scoresOf(
        held.map((one) => one.run),
        ids,
      );
      const value = steps_per_run > STEPS_PER_RUN_MAX ? -1 : (positive_macro + micro) / 2;
      if (value > best.value) best = { selection, value };
    }
  }
  return best;
}

function settings({ judgement_share, judged_only_weight }: Plan, l2: number): FitSettings {
  return { l2, judgement_share, judged_only_weight };
}
