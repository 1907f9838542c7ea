import { LEVEL } from "../../../src/stats/cluster-bootstrap.ts";
import { PUBLISHED_FIGURES } from "../published.ts";
import type { Prediction, Refusal, Row } from "../types.ts";
import { agreementOf } from "./agreement.ts";
import { checkInput } from "./check-input.ts";
import { compareMethods } from "./comparisons.ts";
import { evaluate, type Scope, scopeOf } from "./evaluate.ts";
import { classOf } from "./gold.ts";
import { type MethodRun, methodRuns } from "./method-runs.ts";
import { promptTokens } from "./prompt-tokens.ts";
import type { MethodReport, RowClass, RowCounts, ScoreReport } from "./report-types.ts";
import { rowTable } from "./row-table.ts";
import { strataOf } from "./strata.ts";
import { mapRecord } from "./terms.ts";
import { TOLERANCES } from "./tolerance.ts";
import { totalUsage } from "./usage.ts";

/** Resamples when the caller has no wish. */
export const DEFAULT_RESAMPLES = 10_000;

/** How to score. */
export interface ScoreOptions {
  seed: number;
  /** Default `DEFAULT_RESAMPLES`. */
  resamples?: number;
  /** Rows that are not scored, whether `rows` has them or not; their predictions are left out too. */
  refusals: readonly Refusal[];
  /** Two methods, rules included, whose comparison was decided on before scoring. */
  compare?: readonly [string, string];
}

/**
 * Scores every method in `predictions`, the constant rules, the swept window and random rules over the rows that no refusal names.
 * The same input gives the same report. Throws `bad_argument` for input that would be scored wrongly without a sign.
 */
export function scoreAll(
  rows: readonly Row[],
  predictions: readonly Prediction[],
  options: ScoreOptions,
): ScoreReport {
  const { seed, refusals, resamples = DEFAULT_RESAMPLES } = options;
  checkInput(rows, predictions);
  const refused = new Set(refusals.map((refusal) => refusal.traj_id));
  const scored = rows.filter((row) => !refused.has(row.traj_id));
  const runs = methodRuns(scored, predictions, seed);
  const scope = scopeOf([...scored.keys()], (row) => scored[row]?.task_name ?? "", resamples, seed);
  return {
    seed,
    resamples,
    level: LEVEL,
    rows: countRows(scored, refused.size),
    methods: runs.map((run) => methodReport(run, scored, scope)),
    comparisons: compareMethods(runs, scope, seed, options.compare),
    strata: strataOf(scored, runs, resamples, seed),
    published: PUBLISHED_FIGURES,
    row_table: rowTable(scored, runs),
    refusals,
  };
}

function countRows(scored: readonly Row[], refused: number): RowCounts {
  const count = (wanted: RowClass) => scored.filter((row) => classOf(row) === wanted).length;
  const given = scored.length + refused;
  const positive = count("positive");
  return {
    given,
    refused,
    refused_share: given === 0 ? null : refused / given,
    scored: scored.length,
    positive,
    solved_empty: count("solved_empty"),
    unlabelled: count("unlabelled"),
    unuseful_known: scored.filter((row) => row.gold.unuseful_known).length,
    tasks: new Set(scored.map((row) => row.task_name)).size,
    official_ceiling: scored.length === 0 ? null : positive / scored.length,
  };
}

function methodReport(run: MethodRun, rows: readonly Row[], scope: Scope): MethodReport {
  const { method, title, role, matched_to, repetitions } = run;
  const answered = run.answers.map((answers) =>
    answers.filter((answer) => !answer.missing).map((answer) => answer.prediction),
  );
  return {
    method,
    title,
    role,
    matched_to,
    repetitions,
    missing: run.answers.flat().filter((answer) => answer.missing).length,
    scores: mapRecord(run.scores, (contributions) => evaluate(contributions, scope)),
    tolerance: run.tolerance.map((terms, index) => ({
      within: TOLERANCES[index] ?? index,
      ...mapRecord(terms, (contributions) => evaluate(contributions, scope)),
    })),
    agreement: agreementOf(answered),
    usage: totalUsage(answered.flat()),
    prompt_tokens: promptTokens(rows, answered),
  };
}
