import type { Finding } from "../investigation/investigation.ts";

/** A step that came out of an investigation, or that the rules point at, with how likely it is to be labelled incorrect. */
export interface ChosenStep {
  step_id: number;
  /** Calibrated probability that a careful annotator calls the step incorrect, 0 to 1. */
  probability: number;
  /** The finding that speaks for the step; null = only the rules point at it. */
  finding: Finding | null;
  /** Whether it belongs to the `codetracebench` profile. A step that only the rules point at comes out when it counts, never otherwise. */
  counted: boolean;
}
