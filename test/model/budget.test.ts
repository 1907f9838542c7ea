import { expect, it } from "vitest";
import { type BudgetLimits, createBudget, type Expense, NO_EXPENSE } from "../../src/model/budget.ts";

const NO_LIMITS: BudgetLimits = { cost_usd: null, tokens: null, calls: null, seconds: null };
const call = (tokens: number | null, cost_usd: number | null): Expense => ({ tokens, cost_usd });

it.each<[string, Partial<BudgetLimits>, Expense, (string | null)[]]>([
  ["no limit", {}, call(1e9, null), [null, null, null]],
  ["calls", { calls: 2 }, call(10, 1), [null, null, "calls"]],
  ["tokens to the last", { tokens: 20 }, call(10, 1), [null, null, "tokens"]],
  ["tokens that would not suffice", { tokens: 25 }, call(10, 1), [null, null, "tokens"]],
  ["tokens of calls of unknown size", { tokens: 0 }, call(null, 1), ["tokens", "tokens", "tokens"]],
  ["dollars", { cost_usd: 2.5 }, call(10, 1), [null, null, "cost"]],
  ["dollars of a model that is free", { cost_usd: 0 }, call(10, 0), [null, null, null]],
  ["dollars of a model without a price", { cost_usd: 100 }, call(10, null), ["cost", "cost", "cost"]],
])("holds calls in flight to the limit: %s", (_, limits, estimate, expected) => {
  const budget = createBudget({ ...NO_LIMITS, ...limits, now: () => 0 });
  expect([1, 2, 3].map(() => budget.reserve(estimate))).toEqual(expected);
});

it("gives back what was set aside in excess", () => {
  const budget = createBudget({ ...NO_LIMITS, tokens: 100, cost_usd: 1, now: () => 0 });
  const estimate = call(80, 0.8);
  expect(budget.reserve(estimate)).toBeNull();
  expect(budget.reserve(estimate)).toBe("tokens");
  budget.settle(estimate, call(20, 0.1));
  expect(budget.reserve(estimate)).toBeNull();
  budget.settle(estimate, NO_EXPENSE);
  expect(budget.spent()).toEqual({ calls: 2, tokens: 20, cost_usd: 0.1, seconds: 0 });
});

it("keeps the estimate where the call did not tell", () => {
  const budget = createBudget({ ...NO_LIMITS, tokens: 100, now: () => 0 });
  const estimate = call(60, 0.5);
  expect(budget.reserve(estimate)).toBeNull();
  budget.settle(estimate, call(null, null));
  expect(budget.spent()).toEqual({ calls: 1, tokens: 60, cost_usd: 0.5, seconds: 0 });
  expect(budget.reserve(estimate)).toBe("tokens");
});

it("does not call a sum a cost when one price is unknown, and lets no more dollars go", () => {
  const budget = createBudget({ ...NO_LIMITS, cost_usd: 5, now: () => 0 });
  expect(budget.reserve(call(1, 1))).toBeNull();
  budget.settle(call(1, null), call(1, null));
  expect(budget.spent().cost_usd).toBeNull();
  expect(budget.reserve(call(1, 1))).toBe("cost");
});

it("counts seconds from when it was made", () => {
  const clock = { ms: 5000 };
  const budget = createBudget({ ...NO_LIMITS, seconds: 10, now: () => clock.ms });
  clock.ms = 14_999;
  expect(budget.reserve(call(1, 0))).toBeNull();
  clock.ms = 15_000;
  expect(budget.reserve(call(1, 0))).toBe("time");
  expect(budget.spent()).toEqual({ calls: 1, tokens: 0, cost_usd: 0, seconds: 10 });
});
