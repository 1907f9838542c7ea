import { CodeTracerError } from "../../util/errors.ts";

/** What is taken for the context of a model that does not tell. */
const USUAL_CONTEXT_TOKENS = 100_000;
/** Models find less in longer prompts, and a run in full rarely needs more. */
const MOST_CONTEXT_TOKENS = 200_000;
/** What a reply takes at most; one that is handed back takes it twice. */
const REPLY_SHARE = 1 / 6;
/** Other tokenizers than the one that counts here make up to this much more of a text. */
const COUNTING_MARGIN = 0.92;
/** What the parts before it came to. */
const TOLD_TOKENS = 1_200;
const LEAST_STEP_TOKENS = 1_000;

/** Tokens that are reckoned with for one call, prompt and reply together; null = the model does not tell. */
export function usualContextTokens(contextTokens: number | null): number {
  return Math.min(contextTokens ?? USUAL_CONTEXT_TOKENS, MOST_CONTEXT_TOKENS);
}

/**
 * Tokens of one call that are left for steps, when the instructions, the task (`frame` tokens of both) and two replies have theirs. Throws CodeTracerError
 * `model` where hardly any are.
 */
export function roomForSteps(contextTokens: number | null, maxOutputTokens: number, frame: number): number {
  const context = usualContextTokens(contextTokens);
  const reply = Math.min(maxOutputTokens, Math.floor(context * REPLY_SHARE));
  const steps = Math.floor((context - 2 * reply) * COUNTING_MARGIN) - frame - TOLD_TOKENS;
  if (steps >= LEAST_STEP_TOKENS) return steps;
  throw new CodeTracerError(
    "model",
    `The model takes ${context} tokens in one call, of which too few are left for a run after the instructions (${frame}) and the reply (${reply}): use a model with at least 8,000`,
  );
}
