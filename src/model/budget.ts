/** What all calls together may take. null = no limit. `seconds` count from the making of the budget. */
export interface BudgetLimits {
  cost_usd: number | null;
  tokens: number | null;
  calls: number | null;
  seconds: number | null;
}

/** What one call takes. null = not known. */
export interface Expense {
  tokens: number | null;
  cost_usd: number | null;
}

/** The limit that stands in the way. */
export type BudgetLimit = "cost" | "tokens" | "calls" | "time";

/** What was spent so far, reserved amounts of open calls left out. */
export interface Spent {
  calls: number;
  tokens: number;
  /** null = the price of at least one call is not known. */
  cost_usd: number | null;
  seconds: number;
}

/** Limits that calls share, those of a whole batch for one. Never throws. */
export interface Budget {
  /**
   * Sets an estimate aside before a call and counts the call. The limit that it would break, or null: then `settle` must follow with the same
   * estimate. A limit in dollars lets nothing through whose price is not known.
   */
  reserve(estimate: Expense): BudgetLimit | null;
  /** Puts what was spent in place of the estimate; where that is not known (null), the estimate stands. */
  settle(estimate: Expense, actual: Expense): void;
  spent(): Spent;
}

/** What a call that brought no reply is settled with. */
export const NO_EXPENSE: Expense = { tokens: 0, cost_usd: 0 };

/** A fresh budget. `now` gives milliseconds. */
export function createBudget(limits: BudgetLimits & { now: () => number }): Budget {
  const started = limits.now();
  const reserved = { tokens: 0, cost_usd: 0 };
  const spent = { calls: 0, tokens: 0, cost_usd: 0, isPriced: true };
  const seconds = (): number => (limits.now() - started) / 1000;

  function limitOf({ tokens, cost_usd }: Expense): BudgetLimit | null {
    if (limits.calls !== null && spent.calls >= limits.calls) return "calls";
    if (limits.seconds !== null && seconds() >= limits.seconds) return "time";
    // Every call takes a token at least.
    const allTokens = spent.tokens + reserved.tokens + Math.max(tokens ?? 0, 1);
    if (limits.tokens !== null && allTokens > limits.tokens) return "tokens";
    if (limits.cost_usd === null) return null;
    if (cost_usd === null || !spent.isPriced) return "cost";
    return spent.cost_usd + reserved.cost_usd + cost_usd > limits.cost_usd ? "cost" : null;
  }

  return {
    reserve(estimate) {
      const limit = limitOf(estimate);
      if (limit !== null) return limit;
      spent.calls++;
      reserved.tokens += estimate.tokens ?? 0;
      reserved.cost_usd += estimate.cost_usd ?? 0;
      return null;
    },
    settle(estimate, actual) {
      reserved.tokens -= estimate.tokens ?? 0;
      reserved.cost_usd -= estimate.cost_usd ?? 0;
      spent.tokens += actual.tokens ?? estimate.tokens ?? 0;
      const cost = actual.cost_usd ?? estimate.cost_usd;
      if (cost === null) spent.isPriced = false;
      spent.cost_usd += cost ?? 0;
    },
    spent: () => ({
      calls: spent.calls,
      tokens: spent.tokens,
      cost_usd: spent.isPriced ? spent.cost_usd : null,
      seconds: seconds(),
    }),
  };
}
