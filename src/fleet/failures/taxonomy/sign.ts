import type { Evidence, FailureStage, IndexedStep } from "../../../trajectory/index.ts";
import type { TracedWorkspace } from "../../../workspace/workspace.ts";
import type { ErrorLine } from "../text/error-lines.ts";

/** Something in a failed run that speaks for a stage. */
export interface Sign {
  stage: FailureStage;
  /** How strongly; 1 = enough alone. */
  weight: number;
  /** A clause for people, without trace text. */
  reason: string;
  evidence: Evidence[];
}

/** A failed run with what the signs are read from. */
export interface FailedRun {
  workspace: TracedWorkspace;
  steps: readonly IndexedStep[];
  /** null = no step is held to be the first wrong one. */
  onset_step_id: number | null;
  /** 0 to 1: how sure it is that something is wrong there; 0 without an onset. */
  onset_certainty: number;
  /** In step order. */
  errors: readonly ErrorLine[];
}

/** `1 step`, `2 steps`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
