import type { LoopUsage } from "../agent/loop-types.ts";
import { NOTHING_SPENT } from "../agent/usage.ts";
import type { DiagnosisFile } from "../trajectory/diagnosis.ts";

/** What the calls of one pass, or of several, took together. */
export type Spent = LoopUsage;

/** The sum. Its cost is unknown as soon as one of them is; it is counted as soon as one of them is. */
export function sumSpent(parts: readonly Spent[]): Spent {
  return parts.reduce(
    (total, one) => ({
      calls: total.calls + one.calls,
      input_tokens: total.input_tokens + one.input_tokens,
      cached_input_tokens: total.cached_input_tokens + one.cached_input_tokens,
      output_tokens: total.output_tokens + one.output_tokens,
      reasoning_tokens: total.reasoning_tokens + one.reasoning_tokens,
      cost_usd: total.cost_usd === null || one.cost_usd === null ? null : total.cost_usd + one.cost_usd,
      counted: total.counted || one.counted,
    }),
    NOTHING_SPENT,
  );
}

/** As it stands in `diagnosis.json`. */
export function toUsage({ calls, input_tokens, output_tokens, cost_usd }: Spent): DiagnosisFile["usage"] {
  return { calls, input_tokens, output_tokens, cost_usd };
}
