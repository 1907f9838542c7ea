import type { HintPoint } from "../../trajectory/hint.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import type { AttemptState } from "../attempt-state.ts";
import type { Segment } from "../segments.ts";

/** A fact with what it is worth to the next attempt, 0 to 1. */
export interface Fact extends HintPoint {
  worth: number;
}

/** What facts are looked for in: steps before the onset only. */
export interface FactSource {
  steps: readonly IndexedStep[];
  segments: readonly Segment[];
  /** What the attempt had changed before a step. */
  stateBefore(stepId: number): AttemptState;
  /** How much a text has to do with the task, 0 to 1. */
  relevance(text: string): number;
}

/** Finds facts of one kind. Quotes are verbatim; text holds them as inline code. */
export type Miner = (source: FactSource) => Fact[];
