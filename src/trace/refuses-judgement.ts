import type { Outcome } from "../trajectory/outcome.ts";
import type { Told } from "./diagnosis-file.ts";
import { brokenByHarness, withoutSteps } from "./rules/narrate.ts";

/**
 * What is told of a run that no tracer may judge: the harness broke it, or it has no steps. null = it may be judged. To be asked
 * before a model is.
 */
export function refusesJudgement(run: {
  steps: readonly unknown[];
  outcome: Outcome;
  empty_reason: string | null;
}): Told | null {
  const { infrastructure_failure } = run.outcome;
  if (infrastructure_failure !== null)
    return {
      verdict: "infrastructure_failure",
      ...brokenByHarness(infrastructure_failure, run.steps.length),
    };
  return run.steps.length === 0 ? { verdict: "no_steps", ...withoutSteps(run.empty_reason) } : null;
}
