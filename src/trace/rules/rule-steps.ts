import { candidates } from "./candidates.ts";
import { inspect } from "./findings.ts";
import { scoreSteps } from "./model/score-steps.ts";
import { WEIGHTS } from "./model/weights.generated.ts";

/** What the rules say of every step, in step order: how likely it is wrong (0 to 1), and whether they would label it incorrect. */
export function ruleSteps(
  run: Parameters<typeof inspect>[0],
): { step_id: number; probability: number; chosen: boolean }[] {
  const inspection = inspect(run);
  const chosen = new Set(
    candidates(inspection, run.outcome.resolved, WEIGHTS)
      .filter((one) => one.detector.label === "incorrect")
      .map((one) => one.step_id),
  );
  return scoreSteps(inspection.view, WEIGHTS).map(({ step_id, probability }) => ({
    step_id,
    probability,
    chosen: chosen.has(step_id),
  }));
}
