import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { type Gate, gateOf } from "../gate.ts";

/** How far a hint may reach into a run. */
export interface Reach {
  gate: Gate;
  /** Facts come from steps before this one; one more than there are where no step is known to be wrong. */
  before: number;
  /** The last step that is shown: a few behind the onset and the first sure label, for what came of them. */
  last: number;
}

const STEPS_AFTER = 4;

/** Decides from the diagnosis. */
export function reachOf(workspace: TracedWorkspace): Reach {
  const gate = gateOf(workspace);
  const count = workspace.steps.length;
  const before = gate.before_step_id ?? count + 1;
  const wrong = Math.max(gate.onset_step_id ?? before, gate.sure[0]?.step_id ?? before);
  const last = gate.scope === "whole" ? Math.min(count, wrong + STEPS_AFTER) : before - 1;
  return { gate, before, last };
}
