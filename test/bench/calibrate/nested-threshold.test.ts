import { describe, expect, test } from "vitest";
import { type CalibrationRow, nestedThreshold } from "../../../bench/calibrate/nested-threshold.ts";

const SUBJECT = { method: "agent", config: "c0ffee", date: "2025-01-31" };

/** Step 2 is annotated and gets `hit`, step 5 is not and gets `miss`. */
function row(task: string, hit: number, miss: number): CalibrationRow {
  const scores = [
    { step_id: 2, probability: hit },
    { step_id: 5, probability: miss },
  ];
  return { task, gold: [2], sort: "positive", scores };
}

const CLEAN: CalibrationRow = {
  task: "clean",
  gold: [],
  sort: "solved_empty",
  scores: [{ step_id: 1, probability: 0.44 }],
};
const ROWS = [row("a", 0.6, 0.3), row("b", 0.7, 0.42), row("c", 0.62, 0.1), CLEAN];

describe("nestedThreshold", () => {
  test("takes the highest threshold that keeps right steps in and wrong ones out", () => {
    expect(nestedThreshold(ROWS, SUBJECT)).toEqual({
      threshold: 0.6,
      nested: scores(1, 1, 1, 1, 0),
      in_sample: scores(1, 1, 1, 1, 0),
      fold_thresholds: [0.6, 0.6, 0.6, 0.6],
      made: {
        ...SUBJECT,
        rows_digest: expect.stringMatching(/^[0-9a-f]{16}$/),
        rows: { positive: 3, solved_empty: 1, unlabelled: 0 },
        tasks: 4,
        split: "chosen on all rows; nested figures leave out one task at a time",
      },
    });
  });

  test("what a task gains by its own annotation is not in the nested figure", () => {
    // Without task a, 0.9 is as good as any; its own annotation lowers the threshold to 0.2.
    const rows = [row("a", 0.2, 0.05), row("b", 0.9, 0.15), row("c", 0.9, 0.1)];
    const { threshold, in_sample, nested, fold_thresholds } = nestedThreshold(rows, SUBJECT);
    expect(threshold).toBe(0.2);
    expect(in_sample.positive_macro).toBe(1);
    expect(fold_thresholds).toEqual([0.9, 0.2, 0.2]);
    expect(nested.positive_macro).toBeCloseTo(2 / 3, 12);
  });

  test("unlabelled rows change neither threshold nor scores", () => {
    const unlabelled: CalibrationRow = { ...row("d", 0.05, 0.95), gold: [], sort: "unlabelled" };
    const { threshold, nested } = nestedThreshold([...ROWS, unlabelled], SUBJECT);
    expect(threshold).toBe(0.6);
    expect(nested.micro).toBe(1);
  });

  test("the order of rows and scores does not matter", () => {
    const turned = [...ROWS].reverse().map((one) => ({ ...one, scores: [...one.scores].reverse() }));
    expect(nestedThreshold(turned, SUBJECT)).toEqual(nestedThreshold(ROWS, SUBJECT));
  });

  test("another score is another digest", () => {
    const digest = (rows: CalibrationRow[]) => nestedThreshold(rows, SUBJECT).made.rows_digest;
    expect(digest([row("a", 0.6, 0.31), ...ROWS.slice(1)])).not.toBe(digest(ROWS));
  });

  test("rows without annotated steps are refused", () => {
    expect(() => nestedThreshold([CLEAN], SUBJECT)).toThrow("at least one row with annotated steps");
  });
});

function scores(positive_macro: number, micro: number, precision: number, recall: number, flagged: number) {
  return {
    positive_macro,
    micro,
    precision,
    recall,
    solved_empty_flagged: flagged,
    solved_empty: 1,
    steps_per_run: 3 / 4,
  };
}
