import { createHash } from "node:crypto";
import type { Stage } from "../trajectory/stage.ts";
import type { IndexedStep } from "../trajectory/step.ts";

export { fenced, fenceMark } from "../util/fence.ts";

const NONCE_DIGITS = 12;

/** What a nonce is made from: everything of a run that a model may get to read. */
export interface FencedRun {
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  /** null = not recorded. */
  task: string | null;
}

/**
 * 12 hex digits over the contents of a run: the same for the same run, so that two investigations of it are alike, and nothing that stands in the run can hold
 * it, since that would change it.
 */
export function nonceOf(run: FencedRun): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([run.task, run.stages]));
  for (const step of run.steps) hash.update(`${JSON.stringify(step)}\n`);
  return hash.digest("hex").slice(0, NONCE_DIGITS);
}
