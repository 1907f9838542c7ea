import type { LoopLimits, QuerySettings } from "../../agent/index.ts";
import type { ForbiddenText } from "../check/forbidden.ts";

/** Limits of one hint. null = none. */
export type HintLimits = Pick<LoopLimits, "calls" | "tokens" | "cost_usd" | "seconds" | "max_output_tokens">;

/** What holds where nothing else is said: a prompt, one more after a refusal, and one with less where the first was too long. */
export const HINT_LIMITS: HintLimits = {
  calls: 3,
  tokens: null,
  cost_usd: null,
  seconds: null,
  max_output_tokens: 8_000,
};

/** The model that a hint is written with, and what bounds it. */
export interface HintModelPorts extends QuerySettings {
  limits: HintLimits;
  /** Where the session is written down as it happens, and taken up again from; null = nowhere. `fresh` sets aside what an earlier call wrote. */
  journal: { file: string; fresh: boolean } | null;
  /** What the hint must give nothing away of. */
  forbidden: readonly ForbiddenText[];
}
