import { foldsOf, INNER_FOLDS } from "../fit-rules/cross-validate.ts";
import { type Example, fitLogistic, logOdds } from "../fit-rules/logistic.ts";
import type { Plan } from "./plans.ts";
import { type SelectRun, targetOf, type Unit, unitsOf } from "./select-run.ts";

/** Weights in the order of a plan's columns, before calibration. */
export interface Regression {
  intercept: number;
  columns: readonly { mean: number; scale: number; weight: number }[];
}

/** The units of a run with their log-odds, before calibration. */
export interface ScoredRun {
  one: SelectRun;
  units: readonly Unit[];
  logOdds: readonly number[];
}

/** Rare kinds get no more than this much leverage. */
const SCALE_MIN = 0.1;

/**
 * Fits on runs that can be scored: an unlabelled one says nothing. The target of a unit is the annotated share of its steps; every
 * run counts with the square root of its number of units.
 */
export function fitRegression(runs: readonly SelectRun[], plan: Plan, l2: number): Regression {
  if (plan.weights !== null)
    return { intercept: 0, columns: plan.weights.map((weight) => ({ mean: 0, scale: 0.25, weight })) };
  const used = scorable(runs).map((one) => ({ run: one.run, units: unitsOf(one, plan) }));
  const all = used.flatMap(({ units }) => units);
  const spreads = plan.columns.map((_, at) => spread(all.map(({ x }) => x[at] ?? 0)));
  const examples = used.flatMap(({ run, units }) =>
    units.map(
      (unit): Example => ({
        x: Float64Array.from(unit.x, (value, at) => standard(value, spreads[at])),
        y: targetOf(unit, run),
        w: 1 / Math.sqrt(units.length),
      }),
    ),
  );
  const share = examples.length / examples.reduce((sum, one) => sum + one.w, 0);
  const beta = fitLogistic(
    examples.map((one) => ({ ...one, w: one.w * share })),
    l2,
  );
  return {
    intercept: beta[0] ?? 0,
    columns: spreads.map((one, index) => ({ ...one, weight: beta[index + 1] ?? 0 })),
  };
}

/** Scores the units of a run. */
export function scored(one: SelectRun, plan: Plan, { intercept, columns }: Regression): ScoredRun {
  const units = unitsOf(one, plan);
  const logOdds = units.map(({ x }) =>
    columns.reduce((sum, column, at) => sum + column.weight * standard(x[at] ?? 0, column), intercept),
  );
  return { one, units, logOdds };
}

/** Each run scored by a regression that saw no run of its task. */
export function heldOut(runs: readonly SelectRun[], plan: Plan, l2: number): ScoredRun[] {
  const folds = foldsOf(runs.map(({ run }) => run));
  const models = Array.from({ length: INNER_FOLDS }, (_, fold) =>
    fitRegression(
      runs.filter(({ run }) => folds.get(run.task) !== fold),
      plan,
      l2,
    ),
  );
  return runs.flatMap((one) => {
    const model = models[folds.get(one.run.task) ?? 0];
    return model ? [scored(one, plan, model)] : [];
  });
}

/** Slope and intercept that turn log-odds of runs that the regression had not seen into those of the annotation. Every unit counts alike. */
export function calibrate(held: readonly ScoredRun[]): { slope: number; intercept: number } {
  const examples = held
    .filter(({ one }) => one.run.sort !== "unlabelled")
    .flatMap(({ one, units, logOdds: values }) =>
      units.map(
        (unit, at): Example => ({ x: Float64Array.of(values[at] ?? 0), y: targetOf(unit, one.run), w: 1 }),
      ),
    );
  const beta = fitLogistic(examples, 1e-6);
  return { slope: Math.max(0.1, beta[1] ?? 1), intercept: logOdds(Float64Array.of(0), beta) };
}

function scorable(runs: readonly SelectRun[]): SelectRun[] {
  return runs.filter(({ run }) => run.sort !== "unlabelled");
}

function spread(values: readonly number[]): { mean: number; scale: number } {
  const count = Math.max(1, values.length);
  const mean = values.reduce((sum, one) => sum + one, 0) / count;
  const square = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count;
  return { mean, scale: Math.max(SCALE_MIN, Math.sqrt(square)) };
}

function standard(value: number, by: { mean: number; scale: number } | undefined): number {
  return by === undefined ? 0 : (value - by.mean) / by.scale;
}
