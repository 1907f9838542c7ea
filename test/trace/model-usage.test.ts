import { describe, expect, it } from "vitest";
import { NOTHING_SPENT } from "../../src/agent/usage.ts";
import { type Spent, sumSpent, toUsage } from "../../src/trace/model-usage.ts";

const PASS: Spent = {
  calls: 3,
  input_tokens: 900,
  cached_input_tokens: 400,
  output_tokens: 90,
  reasoning_tokens: 30,
  cost_usd: 0.25,
  counted: false,
};

describe("sumSpent", () => {
  it.each<[string, readonly Spent[], Spent]>([
    ["nothing", [], NOTHING_SPENT],
    ["one pass", [PASS], PASS],
    [
      "two passes",
      [PASS, PASS],
      {
        calls: 6,
        input_tokens: 1_800,
        cached_input_tokens: 800,
        output_tokens: 180,
        reasoning_tokens: 60,
        cost_usd: 0.5,
        counted: false,
      },
    ],
    [
      "a pass of unknown price and one that was counted",
      [PASS, { ...NOTHING_SPENT, cost_usd: null }, { ...NOTHING_SPENT, counted: true }],
      { ...PASS, cost_usd: null, counted: true },
    ],
  ])("adds up %s", (_, parts, expected) => {
    expect(sumSpent(parts)).toEqual(expected);
  });
});

describe("toUsage", () => {
  it("is what a diagnosis says", () => {
    expect(toUsage(PASS)).toEqual({ calls: 3, input_tokens: 900, output_tokens: 90, cost_usd: 0.25 });
  });
});
