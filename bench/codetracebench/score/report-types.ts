import type { PublishedFigure } from "../published.ts";
import type { Refusal, Row } from "../types.ts";
import type { ScoreKey } from "./definitions.ts";

/**
 * What a row can be scored for. `positive` = it has incorrect steps; `solved_empty` = solved, and no step is labelled incorrect;
 * `unlabelled` = no step is labelled incorrect and the run failed or its outcome was not published: it says nothing.
 */
export type RowClass = "positive" | "solved_empty" | "unlabelled";

/** Everything there is to print of one scoring. Plain JSON: never NaN; null = undefined for want of rows or of predictions. */
export interface ScoreReport {
  seed: number;
  /** Bootstrap resamples and random sign flips. */
  resamples: number;
  /** Coverage of every interval, 0..1. */
  level: number;
  rows: RowCounts;
  /** In this order: the methods under test by name, constant rules, the swept window, then random rules, one per method under test. */
  methods: readonly MethodReport[];
  /** The comparison named beforehand first; then each method under test against the best constant rule and against the swept window. */
  comparisons: readonly Comparison[];
  strata: readonly Stratum[];
  published: readonly PublishedFigure[];
  row_table: readonly RowReport[];
  refusals: readonly Refusal[];
  /** What a reader must know of these figures, such as that a method was fitted on the rows. */
  notes?: readonly string[];
}

/** How many rows there are of what. All but `given` and `refused` count scored rows only. */
export interface RowCounts {
  /** Scored and refused. */
  given: number;
  /** Rows that a refusal names; they enter no score. */
  refused: number;
  /** refused / given; null = no rows. */
  refused_share: number | null;
  scored: number;
  positive: number;
  solved_empty: number;
  unlabelled: number;
  unuseful_known: number;
  /** Different task names, the clusters of every interval and test. */
  tasks: number;
  /** The most that `official_f1` can be: positive / scored; null = no rows. */
  official_ceiling: number | null;
}

/** `constant` = fixed beforehand, reads the number of steps only; `swept` = chosen on these very rows, in hindsight; `random` = as many steps as its method, anywhere. */
export type MethodRole = "method" | "constant" | "swept" | "random";

/** One method over all scored rows. */
export interface MethodReport {
  method: string;
  /** For people: what the method does. Same as `method` for those under test. */
  title: string;
  role: MethodRole;
  /** The method whose sizes a random rule copies, else null. */
  matched_to: string | null;
  /** Repetitions (draws, for a random rule). Scores are means over them. */
  repetitions: number;
  /** Row and repetition pairs for which there was no prediction. Each is scored as an empty one. */
  missing: number;
  scores: Readonly<Record<ScoreKey, Score>>;
  /** ±0 to ±5, in this order. */
  tolerance: readonly TolerancePoint[];
  /** Between repetitions; null = fewer than two, or a random rule. */
  agreement: Agreement | null;
  usage: UsageTotal;
  /** By bands of run length, then over all; empty where no model was asked. */
  prompt_tokens: readonly PromptTokens[];
}

/** Prompt tokens of whole predictions on runs of one band of lengths. */
export interface PromptTokens {
  /** The band, or `all`. */
  steps: string;
  predictions: number;
  mean_calls: number;
  median: number;
  p95: number;
  most: number;
}

/** One score. Titles and formulas are in `SCORE_DEFINITIONS`. */
export interface Score {
  /** null = undefined: nothing to divide by. */
  value: number | null;
  /** Percentile interval from resampling tasks; null = undefined, or fewer than two tasks to resample. */
  interval: Interval | null;
  /** Rows in the score's population. */
  rows: number;
}

export interface Interval {
  low: number;
  high: number;
  /** Resamples in which the score was undefined, left out of the interval. */
  undefined_resamples: number;
}

/** Scores when a predicted step matches a gold step at most `within` steps away, one to one. Positive rows; micro has solved-empty rows too. */
export interface TolerancePoint {
  within: number;
  macro_precision: Score;
  macro_recall: Score;
  macro_f1: Score;
  micro_precision: Score;
  micro_recall: Score;
  micro_f1: Score;
}

/** How far repetitions of a method say the same of a row. */
export interface Agreement {
  /** Mean over rows of the mean Jaccard index over pairs of repetitions; two empty sets agree fully. */
  mean_jaccard: number;
  /** Share of rows for which all repetitions flag the same steps. */
  identical_rows: number;
  /** Rows with at least two repetitions. */
  rows: number;
}

/** What a method used, over all its predictions of scored rows. */
export interface UsageTotal {
  predictions: number;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  /** Dollars; null = at least one prediction has an unknown price. */
  cost_usd: number | null;
  /** Predictions whose price is unknown. */
  unpriced: number;
  seconds: number;
}

/** `named` = asked for before scoring; `best_constant` = the constant rule with the best positive-only macro F1 on these rows; `best_swept` = the swept window. */
export type ComparisonReason = "named" | "best_constant" | "best_swept";

/** Two methods on the same positive rows. */
export interface Comparison {
  a: string;
  b: string;
  reason: ComparisonReason;
  /** Positive rows. */
  rows: number;
  /** Mean over positive rows of F1(a) − F1(b); null = no positive rows. */
  f1_difference: number | null;
  f1_difference_interval: Interval | null;
  permutation: PermutationResult | null;
  mcnemar: McNemarResult | null;
}

/** Paired permutation test on F1 of each row: the signs of all rows of a task flip together. Two-sided. */
export interface PermutationResult {
  p: number;
  /** Corrected over all comparisons that were not named beforehand; null for the named one. */
  p_holm: number | null;
  /** Tasks whose difference is not zero. */
  clusters: number;
  /** All sign patterns were tried; false = `resamples` random ones. */
  exact: boolean;
}

/** Exact McNemar test on "at least one gold step was hit", row by row; more than half of a method's repetitions must hit. Two-sided; takes rows as independent. */
export interface McNemarResult {
  p: number;
  /** As in `PermutationResult`. */
  p_holm: number | null;
  both: number;
  only_a: number;
  only_b: number;
  neither: number;
}

export type StratumDimension = "agent" | "model" | "category" | "step_count";

/** The scored rows that share a value. */
export interface Stratum {
  dimension: StratumDimension;
  /** As in the manifest, `≤25` … `>100` for step counts, `(not published)` for null. */
  value: string;
  rows: number;
  positive: number;
  solved_empty: number;
  unlabelled: number;
  /** All methods, in the order of the report. */
  methods: readonly StratumMethod[];
}

/** One method in one stratum, for the scores in `STRATUM_SCORES`. */
export interface StratumMethod {
  method: string;
  scores: Readonly<Partial<Record<ScoreKey, Score>>>;
}

/** One scored row, for a browser of rows. */
export interface RowReport extends Omit<Row, "gold" | "artifact_path"> {
  class: RowClass;
  gold_incorrect: readonly number[];
  gold_unuseful: readonly number[];
  unuseful_known: boolean;
  /** The annotated stages, or blocks of neighbouring gold steps where none are named. Inclusive. */
  gold_spans: readonly Span[];
  /** Every method but random rules, every repetition, in the order of the report. */
  predictions: readonly RowPrediction[];
}

/** Steps `start` to `end`, both included. */
export interface Span {
  start: number;
  end: number;
}

/** What one method said of one row in one repetition. */
export interface RowPrediction {
  method: string;
  repetition: number;
  incorrect: readonly number[];
  unuseful: readonly number[];
  onset: number | null;
  /** Exact F1 on incorrect ids; null on rows that are not positive. */
  f1: number | null;
  /** There was no prediction; scored as an empty one. */
  missing: boolean;
}
