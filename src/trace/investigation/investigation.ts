import type { Evidence } from "../../trajectory/label.ts";
import type { FindingKind, LATER } from "./report.ts";

/** A block of steps that a model calls wrong, with every claim checked: the steps exist, the quotes stand in them. */
export interface Finding {
  /** Ascending, without repeats. */
  step_ids: readonly number[];
  kind: FindingKind;
  /** The model's own, 0 to 1. Not calibrated. */
  confidence: number;
  /** First and last step of the stretch with one purpose that it stands in. */
  stretch: readonly [number, number];
  /** How much of that stretch is wrong, 0 to 1. */
  stretch_share: number;
  /** At least one; verbatim from the steps. */
  evidence: readonly Evidence[];
  reasoning: string;
  /** What later steps made of it. */
  later: (typeof LATER)[number];
  better_alternative?: string;
}

/** Exploration that brings no new evidence. */
export interface UnusefulFinding {
  step_ids: readonly number[];
  evidence: readonly Evidence[];
  reasoning: string;
}

/** What one pass of a model over a run came to. */
export interface Investigation {
  findings: readonly Finding[];
  unuseful: readonly UnusefulFinding[];
  summary: string;
  root_cause_chain: readonly string[];
  critical_decisions: readonly { step_id: number; decision: string }[];
  /** null = the model named none. */
  strategy: string | null;
  /** What was left undone or refused, in sentences for the user. */
  warnings: readonly string[];
}
