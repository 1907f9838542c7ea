import { CodeTracerError } from "../../src/index.ts";
import { type Calibration, nestedThreshold } from "../calibrate/nested-threshold.ts";
import type { Method } from "./run/method.ts";
import type { BenchResult } from "./run/run-bench.ts";
import { classOf } from "./score/gold.ts";

/**
 * The threshold of a method's confidences that does best on the rows of a benchmark, with what it is worth on tasks it was not chosen on. First repetitions
 * only. Throws CodeTracerError `bad_argument` where the method has no confidences or no row can be scored. `date` is a day, such as 2025-01-31.
 */
export function calibrateBench(result: BenchResult, methods: readonly Method[], date: string): Calibration {
  const [method, ...others] = methods;
  if (!method?.calibrates || others.length > 0) {
    throw new CodeTracerError(
      "bad_argument",
      "--calibrate takes exactly one method, and one that asks a model: --method agent or --method direct",
    );
  }
  const scores = new Map(
    result.predictions
      .filter((one) => one.repetition === 1)
      .map(({ traj_id, scores }) => [traj_id, scores ?? []]),
  );
  const rows = result.complete_rows.flatMap((row) => {
    const said = scores.get(row.traj_id);
    return said
      ? [{ task: row.task_name, gold: row.gold.incorrect_step_ids, sort: classOf(row), scores: said }]
      : [];
  });
  if (!rows.some((row) => row.sort === "positive")) {
    throw new CodeTracerError(
      "bad_argument",
      "--calibrate needs at least one row with annotated steps; give more --rows",
    );
  }
  return nestedThreshold(rows, { method: method.name, config: method.calibrates, date });
}
