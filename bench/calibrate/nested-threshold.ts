import { createHash } from "node:crypto";
import type { RowClass } from "../codetracebench/score/report-types.ts";
import { type Scores, scoresOf } from "../fit-rules/scores.ts";

/** One run with what a method says of its steps. */
export interface CalibrationRow {
  /** Rows of the same task are never on both sides of a split. */
  task: string;
  gold: readonly number[];
  /** Unlabelled rows are never scored. */
  sort: RowClass;
  /** Probability of each step that the method names at all, 0 to 1. */
  scores: readonly { step_id: number; probability: number }[];
}

/** Of what, how and when: as given by the caller. */
export interface CalibrationSubject {
  method: string;
  /** Digest of the method's configuration: a threshold holds for no other. */
  config: string;
  /** Day, such as 2025-01-31. */
  date: string;
}

/** What a threshold is worth. Shares from 0 to 1. */
export type ThresholdScores = Pick<
  Scores,
  | "positive_macro"
  | "micro"
  | "precision"
  | "recall"
  | "solved_empty_flagged"
  | "solved_empty"
  | "steps_per_run"
>;

/** A threshold with how it came about. */
export interface Calibration {
  /** Steps count from this probability on. Chosen on all rows. */
  threshold: number;
  /** On tasks that the threshold was not chosen on: the figure to quote. */
  nested: ThresholdScores;
  /** On the rows that it was chosen on. */
  in_sample: ThresholdScores;
  /** The thresholds that the folds chose, one a task in alphabetical order: how far they agree says how far to trust it. */
  fold_thresholds: readonly number[];
  made: CalibrationSubject & {
    /** Over tasks, annotations and scores of all rows, in whatever order they come. */
    rows_digest: string;
    rows: { positive: number; solved_empty: number; unlabelled: number };
    tasks: number;
    split: string;
  };
}

/** 0.05 to 0.95: finer steps would fit single runs. */
const THRESHOLDS = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

/**
 * Chooses the probability from which on steps count: the best mean of positive macro and micro F1, the highest among equals.
 * What that is worth is measured by leaving out one task after the other. Deterministic; the order of rows does not matter.
 * Throws where no row can be scored.
 */
export function nestedThreshold(given: readonly CalibrationRow[], subject: CalibrationSubject): Calibration {
  const rows = sorted(given);
  if (!rows.some((row) => row.sort === "positive"))
    throw new RangeError("a threshold needs at least one row with annotated steps");
  const tasks = [...new Set(rows.map((row) => row.task))].sort();
  const chosen = new Map(tasks.map((task) => [task, best(rows.filter((row) => row.task !== task))]));
  const threshold = best(rows);
  return {
    threshold,
    nested: worth(rows, (row) => chosen.get(row.task) ?? threshold),
    in_sample: worth(rows, () => threshold),
    fold_thresholds: [...chosen.values()],
    made: {
      ...subject,
      rows_digest: createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 16),
      rows: {
        positive: count(rows, "positive"),
        solved_empty: count(rows, "solved_empty"),
        unlabelled: count(rows, "unlabelled"),
      },
      tasks: tasks.length,
      split: "chosen on all rows; nested figures leave out one task at a time",
    },
  };
}

/** Only what counts, in an order of its own, so that the digest does not hang on how rows came. */
function sorted(rows: readonly CalibrationRow[]): CalibrationRow[] {
  return rows
    .map(({ task, gold, sort, scores }) => ({
      task,
      sort,
      gold: [...gold].sort((a, b) => a - b),
      scores: scores
        .map(({ step_id, probability }) => ({ step_id, probability }))
        .sort((a, b) => a.step_id - b.step_id),
    }))
    .map((row) => ({ row, key: JSON.stringify(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ row }) => row);
}

function best(rows: readonly CalibrationRow[]): number {
  const tried = THRESHOLDS.map((threshold) => {
    const { positive_macro, micro } = worth(rows, () => threshold);
    return { threshold, value: positive_macro + micro };
  });
  return tried.reduce((one, other) => (other.value >= one.value ? other : one)).threshold;
}

function worth(
  rows: readonly CalibrationRow[],
  thresholdOf: (row: CalibrationRow) => number,
): ThresholdScores {
  const { official: _, ...scores } = scoresOf(
    rows,
    rows.map((row) =>
      row.scores.filter((one) => one.probability >= thresholdOf(row)).map((one) => one.step_id),
    ),
  );
  return scores;
}

function count(rows: readonly CalibrationRow[], sort: RowClass): number {
  return rows.filter((row) => row.sort === sort).length;
}
