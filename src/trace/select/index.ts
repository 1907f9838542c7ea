import { createHash } from "node:crypto";
import type { Finding } from "../investigation/investigation.ts";
import type { ChosenStep } from "./chosen-step.ts";
import { countForF1, floorOf, ranked } from "./count.ts";
import { findingOf, type SelectView } from "./features.ts";
import { stepProbabilities } from "./probability.ts";
import { SELECTOR_WEIGHTS } from "./weights.generated.ts";

export type { ChosenStep } from "./chosen-step.ts";
export { selectorFittedOn } from "./fitted-on.ts";

/** Over the shipped weights: changes whenever the selection could. */
export const SELECTOR_DIGEST: string = createHash("sha256")
  .update(JSON.stringify(SELECTOR_WEIGHTS))
  .digest("hex")
  .slice(0, 16);

/**
 * Turns the findings of an investigation into steps, in step order: every step of every finding with a calibrated probability, and
 * whether the benchmark would count it. `threshold` is the probability from which on a step is counted; null = the number of steps
 * for which F1 is expected to be greatest, fewer where they are improbable or the run was solved. Without any finding the steps of
 * the rules count. Steps beyond the run's end are left out. Pure.
 */
export function selectSteps(input: SelectView<Finding>, threshold: number | null = null): ChosenStep[] {
  const ids = [...new Set(input.findings.flatMap((one) => one.step_ids))]
    .filter((id) => id <= input.step_count)
    .sort((a, b) => a - b);
  if (ids.length === 0) return byRules(input, threshold);
  const probabilities = stepProbabilities(input, ids, SELECTOR_WEIGHTS);
  const steps = ids.map((step_id, index) => ({
    step_id,
    step_ids: [step_id],
    probability: probabilities[index] ?? 0,
  }));
  const mostProbable = new Set(ranked(steps).slice(0, countForF1(ranked(steps))));
  const least = floorOf(input.resolved, SELECTOR_WEIGHTS.count);
  return steps.map((one) => ({
    step_id: one.step_id,
    probability: one.probability,
    finding: findingOf(input.findings, one.step_id),
    counted:
      threshold === null ? mostProbable.has(one) && one.probability >= least : one.probability >= threshold,
  }));
}

/** In a solved run a model that finds nothing is believed. */
function byRules({ rules, resolved }: SelectView, threshold: number | null): ChosenStep[] {
  if (resolved === true) return [];
  return rules
    .filter((one) => one.chosen && one.probability >= (threshold ?? 0))
    .map(({ step_id, probability }) => ({ step_id, probability, finding: null, counted: true }));
}
