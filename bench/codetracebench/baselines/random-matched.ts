import { mulberry32, randomSteps, seedFor } from "../../../src/stats/prng.ts";
import { groupBy } from "../score/group-by.ts";
import type { Prediction } from "../types.ts";
import { type BaselineRule, type RowLength, rulePrediction } from "./rule.ts";

/** Draws a row, enough to bring the error of a mean F1 over some dozen rows well under a point. */
export const RANDOM_DRAWS = 100;

/**
 * As many steps in each row as `method` flagged there, anywhere in the run, drawn `draws` times: one repetition a draw, whose mean
 * is the expected value. Repetitions of the method are copied in turn. A row it has no prediction for gets empty ones.
 */
export function randomMatched(method: string, seed: number, draws = RANDOM_DRAWS): BaselineRule {
  const name = randomName(method);
  return {
    method: name,
    title: `as many steps as ${method}, anywhere, mean of ${draws} draws`,
    predict: (rows, matched = []) => {
      const own = groupBy(matched.filter(isOf(method)), (prediction) => prediction.traj_id);
      return rows.flatMap((row) => drawRow(row, name, sizesOf(own.get(row.traj_id)), seed, draws));
    },
  };
}

/** The name of the random rule that is matched to a method. */
export function randomName(method: string): string {
  return `random:${method}`;
}

function drawRow(
  row: RowLength,
  name: string,
  sizes: readonly number[],
  seed: number,
  draws: number,
): Prediction[] {
  const random = mulberry32(seedFor(seed, name, row.traj_id));
  return Array.from({ length: draws }, (_, draw) => {
    const size = sizes[draw % sizes.length] ?? 0;
    return rulePrediction(row.traj_id, name, draw + 1, randomSteps(random, row.step_count, size));
  });
}

function isOf(method: string): (prediction: Prediction) => boolean {
  return (prediction) => prediction.method === method;
}

function sizesOf(predictions: readonly Prediction[] = []): number[] {
  const ordered = predictions.toSorted((a, b) => a.repetition - b.repetition);
  return ordered.length === 0 ? [0] : ordered.map((prediction) => prediction.incorrect_step_ids.length);
}
