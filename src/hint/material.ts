import type { HintFile, HintPoint } from "../trajectory/hint.ts";

/** What a hint may be written with. */
export interface HintOptions {
  /** The most o200k tokens of the text. */
  budgetTokens: number;
  /** Whether the verifier's output may stand in the hint. */
  allowVerifier: boolean;
}

/** The parts of a hint. Facts and avoid stand in order of worth, the most valuable first. */
export type HintParts = Pick<HintFile, "scope" | "scope_reason" | "mistake" | "instead"> & {
  facts: readonly HintPoint[];
  avoid: readonly HintPoint[];
};

/** Everything that may stand in a hint, before it is cut to a budget. */
export type HintMaterial = HintParts & Pick<HintFile, "onset_step_id">;
