import type { SharedBudget } from "../../agent/index.ts";
import { type BudgetLimits, createBudget, NO_EXPENSE } from "../../model/budget.ts";
import { type ChatModel, type ChatReply, UNKNOWN_USAGE } from "../../model/model.ts";
import { CodeTracerError } from "../../util/errors.ts";

/** What a reply is reckoned at before it is there: a dozen verdicts. */
const REPLY_TOKENS = 2500;

/**
 * Limits over all calls of a judge, in the form in which calls are made. `now` gives milliseconds. Throws CodeTracerError `bad_argument` for a limit in
 * dollars where the model's price is not known.
 */
export function judgeBudget(limits: BudgetLimits, model: ChatModel, now: () => number): SharedBudget {
  const budget = createBudget({ ...limits, now });
  const estimate = (promptTokens: number) => ({
    tokens: promptTokens + REPLY_TOKENS,
    cost_usd:
      model.priceOf?.({ ...UNKNOWN_USAGE, input_tokens: promptTokens, output_tokens: REPLY_TOKENS }) ?? null,
  });
  if (limits.cost_usd !== null && estimate(1).cost_usd === null)
    throw new CodeTracerError(
      "bad_argument",
      `--max-cost cannot be kept to: the price of ${model.spec} is not known; give it with --prices or leave out --max-cost`,
    );
  return {
    reserve: (tokens) => budget.reserve(estimate(tokens)),
    settle: (tokens, reply) =>
      budget.settle(estimate(tokens), reply === null ? NO_EXPENSE : expenseOf(reply)),
  };
}

function expenseOf({ usage, cost_usd }: ChatReply): { tokens: number | null; cost_usd: number | null } {
  const { input_tokens, output_tokens } = usage;
  const isTold = input_tokens !== null && output_tokens !== null;
  return { tokens: isTold ? input_tokens + output_tokens : null, cost_usd };
}
