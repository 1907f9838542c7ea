import type { RunFacts } from "../../trajectory/index.ts";
import type { FleetCounts } from "../facts/index.ts";
import { outcomeOf } from "../tables/index.ts";

/** Adds up the runs of a fleet. */
export function countRuns(facts: readonly RunFacts[], unreadable: number): FleetCounts {
  const ended = (outcome: ReturnType<typeof outcomeOf>): number =>
    facts.filter((one) => outcomeOf(one) === outcome).length;
  return {
    runs: facts.length,
    unreadable,
    solved: ended("solved"),
    failed: ended("failed"),
    unknown: ended("unknown"),
    infrastructure: ended("harness"),
    without_steps: facts.filter(({ step_count }) => step_count === 0).length,
    steps: facts.reduce((sum, { step_count }) => sum + step_count, 0),
    tasks: new Set(facts.flatMap(({ task_key }) => (task_key === null ? [] : [task_key]))).size,
    fidelity_failed: facts.filter(({ fidelity_passed }) => !fidelity_passed).length,
  };
}
