import type { IndexedStep } from "../../trajectory/index.ts";
import { UNKNOWN_OUTCOME } from "../../trajectory/index.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { type DetectedFinding, type Inspection, inspect } from "./trace-face.ts";

/** A run as the rules of behaviours read it. How it was graded is left out: a behaviour that knew could not be set against it. */
export interface RunRead {
  readonly steps: readonly IndexedStep[];
  readonly view: Inspection["view"];
  readonly context: Inspection["view"]["context"];
  /** What the agent was asked; null = not recorded. */
  readonly task: string | null;
  /** The agent's or harness's own word for how the run ended; null = not recorded. */
  readonly exit_status: string | null;
  /** The harness broke the run: its end says nothing about the agent. */
  readonly isBroken: boolean;
  /** What a detector of the rules tracer found, in step order. */
  found(detector: string): readonly DetectedFinding[];
  /** What a step printed, bounded, as one text; empty = nothing, or not recorded. */
  output(step: IndexedStep): string;
}

/** Reads a run once for all rules. */
export function readRun({ steps, stages, task, extraction }: Workspace): RunRead {
  const { outcome } = extraction;
  const { findings, view } = inspect({ steps, stages, task, outcome: UNKNOWN_OUTCOME });
  const { context } = view;
  return {
    steps,
    view,
    context,
    task,
    exit_status: outcome.exit_status,
    isBroken: outcome.infrastructure_failure !== null,
    found: (detector) => findings.filter((one) => one.detector.id === detector),
    output: (step) => context.output(step).join("\n"),
  };
}
