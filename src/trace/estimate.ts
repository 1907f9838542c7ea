import type { LoopLimits } from "../agent/index.ts";
import { estimateTokens } from "../model/count-tokens.ts";
import type { ChatModel } from "../model/model.ts";
import { UNKNOWN_USAGE } from "../model/model.ts";
import type { DiagnosisFile } from "../trajectory/diagnosis.ts";
import { usualContextTokens } from "./direct/room.ts";
import type { FencedRun } from "./fence.ts";
import { compactViews } from "./views/compact-view.ts";
import { fullViews } from "./views/full-view.ts";

/** Tokens of the prompt before anything of the run is opened: rules of the work, tree, task, leads. */
const FRAME_TOKENS = 3500;
/** Tokens of one command's output at most. */
const OUTPUT_TOKENS = 6000;
/** Calls beside those that look through the run: a check, the report, the second look. */
const CALLS_BESIDE = 3;
const REPLY_TOKENS = 400;
const REPORT_TOKENS = 1500;

type Tokens = Pick<DiagnosisFile["usage"], "calls" | "input_tokens" | "output_tokens">;

/** What the estimate depends on beside the run. */
export interface EstimateSettings {
  tracer: "agent" | "direct";
  model: ChatModel;
  votes: number;
  limits: LoopLimits;
}

/** About what a tracer takes for a run: reckoned from its length, not asked. cost_usd null = the price is not known. */
export function estimateUsage(run: FencedRun, settings: EstimateSettings): DiagnosisFile["usage"] {
  const { tracer, model, votes, limits } = settings;
  const one = tracer === "direct" ? ofReading(run, model) : ofInvestigation(run, limits);
  const input_tokens = one.input_tokens * votes;
  const output_tokens = one.output_tokens * votes;
  const cost_usd = model.priceOf?.({ ...UNKNOWN_USAGE, input_tokens, output_tokens }) ?? null;
  return { calls: one.calls * votes, input_tokens, output_tokens, cost_usd };
}

function ofReading(run: FencedRun, { context_tokens }: ChatModel): Tokens {
  const whole = estimateTokens(fullViews(run.steps, "").join("\n"));
  const shown = Math.min(whole, usualContextTokens(context_tokens));
  return { calls: 1, input_tokens: FRAME_TOKENS + shown, output_tokens: REPORT_TOKENS };
}

function ofInvestigation(run: FencedRun, limits: LoopLimits): Tokens {
  const whole = estimateTokens(compactViews(run.steps, "").join("\n"));
  const calls = Math.min(limits.calls, Math.ceil(whole / OUTPUT_TOKENS) + CALLS_BESIDE);
  const shown = Math.min(OUTPUT_TOKENS, whole);
  return {
    calls,
    input_tokens: calls * (FRAME_TOKENS + shown),
    output_tokens: calls * REPLY_TOKENS + 2 * REPORT_TOKENS,
  };
}
