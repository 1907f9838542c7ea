import type { SharedBudget } from "../../agent/index.ts";
import type { ChatModel } from "../../model/model.ts";

/** How a model judges. */
export interface JudgeSettings {
  model: ChatModel;
  /** Limits that many runs share; null = none. */
  budget: SharedBudget | null;
  /** Where verdicts are kept, so that they are not asked for twice; null = nowhere. */
  cache_folder: string | null;
  /** Of one reply. */
  max_output_tokens: number;
  signal: AbortSignal;
}

/** Tokens of one reply where nothing else is said. Less where the context is small: the prompt needs it. */
export function replyTokens({ context_tokens }: ChatModel): number {
  const usual = 16_000;
  return context_tokens === null ? usual : Math.min(usual, Math.floor(context_tokens / 6));
}
