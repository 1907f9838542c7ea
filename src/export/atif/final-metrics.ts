import type { IndexedStep, Tokens } from "../../trajectory/index.ts";
import { defined } from "../../util/narrow.ts";
import type { AtifFinalMetrics, AtifTrajectory } from "./types.ts";

/**
 * Sums over the steps of a trajectory; what no step records is left out. The format wants the cost of sub-agents added to the cost, and
 * to nothing else.
 */
export function finalMetrics(
  steps: readonly IndexedStep[],
  stepCount: number,
  embedded: readonly AtifTrajectory[],
): AtifFinalMetrics {
  const tokens = (key: keyof Tokens): number | undefined => sum(steps.map((step) => step.tokens?.[key]));
  return defined({
    total_prompt_tokens: tokens("input"),
    total_completion_tokens: tokens("output"),
    total_cached_tokens: tokens("cached"),
    total_cost_usd: sum([
      ...steps.map((step) => step.cost_usd),
      ...embedded.map(({ final_metrics }) => final_metrics?.total_cost_usd),
    ]),
    total_steps: stepCount,
  }) as AtifFinalMetrics;
}

function sum(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, number) => total + number, 0);
}
