import { ktoRows, prmRow, rewardRows, stepRows } from "../fleet/score/training/index.ts";
import type { ScoredRun } from "./reward-source.ts";

const BROKEN = "runs without steps or broken by the harness";
const NO_TASK = "runs whose task is not recorded";
const UNTOLD = "runs whose labels would be guesses: outcome unknown, or failed with no step surely incorrect";

/** The rows of one run in a format; a text = why there are none. */
export function rowsOf(
  { workspace, run_id, rewards }: ScoredRun,
  format: "rewards" | "steps" | "kto" | "prm",
  settings: { maxChars: number; minReward: number; minConfidence: number },
): Iterable<unknown> | string {
  if (rewards.length === 0) return BROKEN;
  if (format === "rewards") return rewardRows(run_id, rewards);
  const { steps, task } = workspace;
  if (task === null || task.trim() === "") return NO_TASK;
  if (format === "steps") return stepRows({ steps, task }, run_id, rewards, settings.maxChars);
  if (format === "kto") return ktoRows({ steps, task }, run_id, rewards, settings);
  const row = prmRow(workspace, run_id, settings.minConfidence);
  return row === null ? UNTOLD : [row];
}
