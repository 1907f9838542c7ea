import type { LoopLimits } from "../agent/index.ts";
import { estimateTokens } from "../model/count-tokens.ts";
import type { ChatModel } from "../model/model.ts";
import { UNKNOWN_USAGE } from "../model/model.ts";
import type { DiagnosisFile } from "../trajectory/diagnosis.ts";
import type { FencedRun } from "./fence.ts";
import { compactViews } from "./views/compact-view.ts";

/** Tokens of the prompt before anything of the run is opened: rules of the work, tree, task, leads. */
const FRAME_TOKENS = 4500;
/** Tokens of one command's output at most. */
const OUTPUT_TOKENS = 4500;
/** Calls beside those that look through the run: a check, the report, the second look, the report again. */
const CALLS_BESIDE = 4;
const REPLY_TOKENS = 500;
const REPORT_TOKENS = 2000;

/** About what one pass over a run takes: reckoned from its length, not asked. cost_usd null = the price is not known. */
export function estimateUsage(
  run: FencedRun,
  {
    tracer,
    model,
    votes,
    limits,
  }: { tracer: "agent" | "direct"; model: ChatModel; votes: number; limits: LoopLimits },
): DiagnosisFile["usage"] {
  const tokens = estimateTokens(compactViews(run.steps, "").join("\n"));
  const one = tracer === "direct" ? ofReading(tokens) : ofInvestigation(tokens, limits);
  const usage = {
    calls: one.calls * votes,
    input_tokens: one.input * votes,
    output_tokens: one.output * votes,
  };
  const cost_usd = model.priceOf?.({ ...UNKNOWN_USAGE, ...withoutCalls(usage) }) ?? null;
  return { ...usage, cost_usd };
}

function ofReading(tokens: number): { calls: number; input: number; output: number } {
  return { calls: 1, input: FRAME_TOKENS + tokens, output: REPORT_TOKENS };
}

function ofInvestigation(
  tokens: number,
  limits: LoopLimits,
): { calls: number; input: number; output: number } {
  const calls = Math.min(limits.calls, Math.ceil(tokens / OUTPUT_TOKENS) + CALLS_BESIDE);
  const shown = Math.min(OUTPUT_TOKENS, tokens);
  return { calls, input: calls * (FRAME_TOKENS + shown), output: calls * REPLY_TOKENS + 2 * REPORT_TOKENS };
}

function withoutCalls({ input_tokens, output_tokens }: { input_tokens: number; output_tokens: number }) {
  return { input_tokens, output_tokens };
}
