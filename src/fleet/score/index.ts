import type { BehaviourFlag, Score, StepReward } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";

/** A run's quality with its penalties itemised; null where it has no steps or its harness broke it. */
export function scoreRun(_workspace: TracedWorkspace, _flags: readonly BehaviourFlag[]): Score | null {
  return null;
}

/** What each step earns in training, in step order; none where the harness broke the run. */
export function rewardSteps(_workspace: TracedWorkspace, _flags: readonly BehaviourFlag[]): StepReward[] {
  return [];
}
