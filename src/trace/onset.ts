import type { IndexedStep } from "../trajectory/step.ts";

/** A slip that is clearly less certain than a later one began no failure chain: it is labelled, but no onset. */
const ONSET_SHARE = 0.75;

/**
 * The step that a chain of failure begins with, of steps held to be wrong, in step order: the first that is nearly as certain as the
 * surest. null = there are none.
 */
export function onsetAmong(
  incorrect: readonly { step_id: number; confidence: number }[],
  steps: readonly IndexedStep[],
): IndexedStep | null {
  const surest = Math.max(...incorrect.map((one) => one.confidence));
  const first = incorrect.find((one) => one.confidence >= ONSET_SHARE * surest);
  return steps[(first?.step_id ?? 0) - 1] ?? null;
}
