import type { TrainingRun } from "../fit-rules/training-run.ts";
import { STUDY_FEATURES } from "./features.ts";
import type { Plan } from "./plans.ts";
import { type Claim, type Countable, type RuleStep, stepFacts } from "./selector.ts";

/** A run with what a model session and the rules say of it. */
export interface SelectRun {
  run: TrainingRun;
  findings: readonly Claim[];
  rules: readonly RuleStep[];
  /** One row a step, columns as in `STUDY_FEATURES`. */
  rows: readonly (readonly number[])[];
}

/** A step or a block with its features, in the order of a plan's columns. */
export interface Unit extends Pick<Countable, "step_ids"> {
  x: readonly number[];
}

/** Works out the features of every step. */
export function selectRun(
  run: TrainingRun,
  findings: readonly Claim[],
  rules: readonly RuleStep[],
): SelectRun {
  const view = { findings, rules, step_count: run.features.length, resolved: run.resolved };
  const ids = run.features.map((_, index) => index + 1);
  const rows = stepFacts(view, ids).map((facts) => STUDY_FEATURES.map((feature) => feature.value(facts)));
  return { run, findings, rules, rows };
}

/** What a plan chooses among. A block's features are the means of its steps'. */
export function unitsOf({ findings, rules, rows }: SelectRun, { unit, pool, columns }: Plan): Unit[] {
  const held = new Set(findings.flatMap((one) => one.step_ids));
  const free = rules.filter(
    (one) => !held.has(one.step_id) && (pool === "all" || (pool === "with_rules" && one.chosen)),
  );
  const groups = [
    ...(unit === "step" ? [...held].map((id) => [id]) : findings.map((one) => one.step_ids)),
    ...free.map((one) => [one.step_id]),
  ].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  return groups.map((step_ids) => ({
    step_ids,
    x: columns.map(
      (column) => step_ids.reduce((sum, id) => sum + (rows[id - 1]?.[column] ?? 0), 0) / step_ids.length,
    ),
  }));
}

/** The share of a unit's steps that are annotated. */
export function targetOf({ step_ids }: Unit, { gold }: TrainingRun): number {
  return step_ids.filter((id) => gold.includes(id)).length / step_ids.length;
}
