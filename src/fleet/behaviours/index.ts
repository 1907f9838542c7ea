import type { BehaviourFlag } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";

/** Every built-in behaviour judged by rules, in the order of their ids. Deterministic. */
export function judgeBehaviours(_workspace: TracedWorkspace): BehaviourFlag[] {
  return [];
}
