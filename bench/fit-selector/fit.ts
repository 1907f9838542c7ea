import { foldsOf, INNER_FOLDS } from "../fit-rules/cross-validate.ts";
import { type Example, fitLogistic, logOdds, sigmoid } from "../fit-rules/logistic.ts";
import { scoresOf } from "../fit-rules/scores.ts";
import type { TrainingRun } from "../fit-rules/training-run.ts";
import type { Choice, Plan } from "./plan.ts";
import { type Claim, type RuleStep, selectRows } from "./selector.ts";

/** A run with what a model session and the rules say of it. */
export interface SelectRun {
  run: TrainingRun;
  findings: readonly Claim[];
  rules: readonly RuleStep[];
  /** One row a step, columns as in `SELECT_FEATURES`. */
  rows: readonly (readonly number[])[];
}

export function selectRun(
  run: TrainingRun,
  findings: readonly Claim[],
  rules: readonly RuleStep[],
): SelectRun {
  const view = { findings, rules, step_count: run.features.length, resolved: run.resolved };
  return {
    run,
    findings,
    rules,
    rows: selectRows(
      view,
      run.features.map((_, at) => at + 1),
    ),
  };
}

/** What is scored together. */
export interface Unit {
  step_ids: readonly number[];
  x: readonly number[];
}

export interface Regression {
  columns: readonly number[];
  means: number[];
  scales: number[];
  beta: Float64Array;
}

export interface Selector {
  l2: number;
  regression: Regression;
  calibration: { slope: number; intercept: number };
  choice: Choice;
}

const L2 = [3, 10, 30, 100];
const SCALE_MIN = 0.1;

export function unitsOf({ findings, rules, rows: all }: SelectRun, plan: Plan): Unit[] {
  const held = new Set(findings.flatMap((one) => one.step_ids));
  const free =
    plan.pool === "findings"
      ? []
      : rules
          .filter((one) => !held.has(one.step_id) && (plan.pool === "all" || one.chosen))
          .map((one) => one.step_id);
  const groups: (readonly number[])[] = [
    ...(plan.unit === "step" ? [...held].map((id) => [id]) : findings.map((one) => one.step_ids)),
    ...free.map((id) => [id]),
  ].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  return groups.map((step_ids) => {
    const rows = step_ids.map((id) => all[id - 1] ?? []);
    return {
      step_ids,
      x: plan.columns.map((column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length),
    };
  });
}

function target(unit: Unit, gold: readonly number[]): number {
  return unit.step_ids.filter((id) => gold.includes(id)).length / unit.step_ids.length;
}

function fitRegression(runs: readonly SelectRun[], plan: Plan, l2: number): Regression {
  if (plan.sums)
    return {
      columns: plan.columns,
      means: plan.columns.map(() => 0),
      scales: plan.columns.map(() => 0.25),
      beta: Float64Array.from([0, ...(plan.sums[l2] ?? [])]),
    };
  const used = runs
    .filter(({ run }) => run.sort !== "unlabelled")
    .map((one) => ({ gold: one.run.gold, units: unitsOf(one, plan) }));
  const all = used.flatMap(({ units }) => units);
  const means = plan.columns.map(
    (_, at) => all.reduce((sum, { x }) => sum + (x[at] ?? 0), 0) / Math.max(1, all.length),
  );
  const scales = plan.columns.map((_, at) =>
    Math.max(
      SCALE_MIN,
      Math.sqrt(
        all.reduce((sum, { x }) => sum + ((x[at] ?? 0) - (means[at] ?? 0)) ** 2, 0) / Math.max(1, all.length),
      ),
    ),
  );
  if (plan.offset) scales[0] = (scales[0] ?? 1) / 30;
  const regression = { columns: plan.columns, means, scales, beta: new Float64Array() };
  const examples = used.flatMap(({ gold, units }) =>
    units.map(
      (unit): Example => ({
        x: standard(unit, regression),
        y: target(unit, gold),
        w: 1 / Math.sqrt(units.length),
      }),
    ),
  );
  const share = examples.length / examples.reduce((sum, one) => sum + one.w, 0);
  return {
    ...regression,
    beta: fitLogistic(
      examples.map((one) => ({ ...one, w: one.w * share })),
      l2,
    ),
  };
}

function standard({ x }: Unit, { means, scales }: Regression): Float64Array {
  return Float64Array.from(x, (value, at) => (value - (means[at] ?? 0)) / (scales[at] ?? 1));
}

interface Scored {
  one: SelectRun;
  units: Unit[];
  values: number[];
}

function scored(one: SelectRun, plan: Plan, regression: Regression): Scored {
  const units = unitsOf(one, plan);
  return { one, units, values: units.map((unit) => logOdds(standard(unit, regression), regression.beta)) };
}

function heldOut(runs: readonly SelectRun[], plan: Plan, l2: number): Scored[] {
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

function calibrate(held: readonly Scored[]): Selector["calibration"] {
  const examples = held
    .filter(({ one }) => one.run.sort !== "unlabelled")
    .flatMap(({ one, units, values }) =>
      units.map(
        (unit, at): Example => ({ x: Float64Array.of(values[at] ?? 0), y: target(unit, one.run.gold), w: 1 }),
      ),
    );
  const beta = fitLogistic(examples, 1e-6);
  return { slope: Math.max(0.1, beta[1] ?? 1), intercept: beta[0] ?? 0 };
}

export function choose(
  units: readonly (Unit & { probability: number })[],
  run: TrainingRun,
  choice: Choice,
): number[] {
  const ranked = [...units].sort(
    (a, b) => b.probability - a.probability || (a.step_ids[0] ?? 0) - (b.step_ids[0] ?? 0),
  );
  const best = ranked[0]?.probability ?? 0;
  const floor = Math.max(
    run.resolved === true ? choice.floor_solved : choice.floor,
    choice.share_of_best * best,
  );
  const count = choice.expected_f1
    ? bestCount(ranked)
    : choice.units + Math.floor(run.features.length / choice.run_steps_per_extra);
  const kept = ranked.slice(0, count).filter((one) => one.probability >= floor);
  return [...new Set(kept.flatMap((one) => one.step_ids))].sort((a, b) => a - b);
}

/** The number of units that makes 2 · expected hits / (chosen + expected gold) largest. */
function bestCount(ranked: readonly (Unit & { probability: number })[]): number {
  const expected = ranked.reduce((sum, one) => sum + one.probability * one.step_ids.length, 0);
  let [hits, size, best, count] = [0, 0, -1, 0];
  for (const [index, one] of ranked.entries()) {
    hits += one.probability * one.step_ids.length;
    size += one.step_ids.length;
    const value = (2 * hits) / (size + expected);
    if (value > best) [best, count] = [value, index + 1];
  }
  return count;
}

function idsOf(
  { one, units, values }: Scored,
  { slope, intercept }: Selector["calibration"],
  choice: Choice,
): number[] {
  return choose(
    units.map((unit, at) => ({ ...unit, probability: sigmoid(slope * (values[at] ?? 0) + intercept) })),
    one.run,
    choice,
  );
}

export function fitSelector(runs: readonly SelectRun[], plan: Plan): Selector & { value: number } {
  let best: (Selector & { value: number }) | undefined;
  for (const l2 of plan.sums?.map((_, at) => at) ?? plan.l2 ?? L2) {
    const held = heldOut(runs, plan, l2);
    const calibration = calibrate(held);
    for (const choice of plan.choices) {
      const { positive_macro, micro } = scoresOf(
        runs.map(({ run }) => run),
        held.map((one) => idsOf(one, calibration, choice)),
      );
      const value = (positive_macro + micro) / 2;
      if (!best || value > best.value)
        best = {
          l2,
          calibration,
          choice,
          value,
          regression: { columns: [], means: [], scales: [], beta: new Float64Array() },
        };
    }
  }
  if (!best) throw new Error("nothing to choose from");
  return { ...best, regression: fitRegression(runs, plan, best.l2) };
}

export function select(one: SelectRun, plan: Plan, selector: Selector): number[] {
  return idsOf(scored(one, plan, selector.regression), selector.calibration, selector.choice);
}
