import type { BehaviourFlag, IndexedStep, Label, LabelName, Outcome } from "../../../src/trajectory/index.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";

/** A label with the fields that scores read. */
export function label(step_id: number, name: LabelName, confidence: number): Label {
  return {
    step_id,
    label: name,
    confidence,
    detector: "by-hand",
    reasoning: "because",
    evidence: [{ step_id, where: "action", quote: "x" }],
    profiles: ["findings"],
  };
}

/** A flag with the fields that scores read. */
export function flag(
  behaviour: string,
  present: boolean | null,
  confidence: number,
  step_ids: number[] = [],
): BehaviourFlag {
  return { behaviour, present, confidence, step_ids, evidence: [], reason: "so", judged_by: "rules" };
}

/** A run whose diagnosis is this and nothing else. */
export function judgedRun(
  steps: readonly IndexedStep[],
  labels: readonly Label[] = [],
  more: { outcome?: Partial<Outcome>; onset?: number | null; cascade?: number[]; task?: string | null } = {},
): TracedWorkspace {
  const { outcome = {}, onset = null, cascade = [], task } = more;
  const made = madeWorkspace("run", steps, { outcome, ...(task === undefined ? {} : { task }) });
  const diagnosis = {
    ...made.diagnosis,
    labels: [...labels],
    onset_step_id: onset,
    cascade_step_ids: cascade,
  };
  return { ...made, diagnosis };
}
