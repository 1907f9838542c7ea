import { describe, expect, it } from "vitest";
import { compare, leastPairs } from "../../../src/replay/experiment/comparison.ts";
import { madeAttempts } from "./made-attempts.ts";

describe("compare", () => {
  it.each([
    // All six pairs differ the same way: 2 · (1/2)^6 = 1/32. Fisher: 2 of C(12,6) = 924 tables.
    ["pppppp", "ffffff", "recovered", 1 / 32, 2 / 924],
    // One pair less cannot: 2 · (1/2)^5 = 1/16.
    ["ppppp", "fffff", "not_shown", 1 / 16, 2 / 252],
    // 7 of 8 differing pairs: 2 · (1 + 8) / 2^8.
    ["pppppppf", "fffffffp", "not_shown", 18 / 256, null],
    // 8 of 9: 2 · (1 + 9) / 2^9.
    ["ppppppppf", "ffffffffp", "recovered", 20 / 512, null],
    // Pairs that agree say nothing: 6 of the 8 differ.
    ["ppppppfp", "fffffffp", "recovered", 1 / 32, null],
    ["ffffff", "ffffff", "not_recovered", 1, 1],
    ["fpffff", "pfffff", "not_recovered", 1, 1],
    // Worse with it, but the failure is still there without it.
    ["ffffff", "ppfpff", "not_recovered", 2 / 8, null],
    // Four of six without it: nothing to recover, whatever the hint does.
    ["pppppp", "ppppff", "passes_anyway", 2 / 4, null],
    ["ffffff", "pppppp", "passes_anyway", 1 / 32, null],
    // Exactly half is not more than half.
    ["pppp", "ppff", "not_shown", 2 / 4, null],
  ])("with %s and without %s: %s", (withHint, withoutHint, verdict, p, fisherP) => {
    const comparison = compare(madeAttempts(withHint, withoutHint));
    expect(comparison.verdict).toBe(verdict);
    expect(comparison.p).toBeCloseTo(p, 12);
    if (fisherP !== null) expect(comparison.fisher_p).toBeCloseTo(fisherP, 12);
  });

  it("leaves a broken pair out of the test, and what is left of it in the figures of its arm", () => {
    expect(compare(madeAttempts("ppppppxp", "ffffffpx"))).toMatchObject({
      verdict: "recovered",
      ...{ pairs: 6, both_passed: 0, only_with_hint: 6, only_without_hint: 0, neither_passed: 0 },
      p: 0.03125,
      least_p: 0.03125,
      arms: { with_hint: { passed: 7, counted: 7 }, without_hint: { passed: 1, counted: 7 } },
    });
  });

  it("says nothing where no pair counts", () => {
    expect(compare(madeAttempts("xp-", "f-p"))).toEqual({
      verdict: "not_shown",
      ...{ pairs: 0, both_passed: 0, only_with_hint: 0, only_without_hint: 0, neither_passed: 0 },
      ...{ p: null, least_p: null, difference: null },
      fisher_p: 1,
      arms: {
        with_hint: { passed: 1, counted: 1, interval: { low: expect.closeTo(0.025, 10), high: 1 } },
        without_hint: {
          passed: 1,
          counted: 2,
          interval: { low: expect.closeTo(0.01257912, 7), high: expect.closeTo(0.98742088, 7) },
        },
      },
    });
  });

  it("gives the difference an interval that agrees with the test", () => {
    // All of 6 pairs differ: θ from 0.025^(1/6) on. The same of 12: half of that.
    const least = 2 * 0.025 ** (1 / 6) - 1;
    expect(compare(madeAttempts("pppppp", "ffffff")).difference).toEqual({
      value: 1,
      interval: { low: expect.closeTo(least, 10), high: 1 },
    });
    expect(compare(madeAttempts("ppppppffffff", "ffffffffffff")).difference).toEqual({
      value: 0.5,
      interval: { low: expect.closeTo(least / 2, 10), high: 0.5 },
    });
    // Five differing pairs cannot: 2 · 0.025^(1/5) − 1 is below 0.
    expect(compare(madeAttempts("ppppp", "fffff")).difference?.interval?.low).toBeCloseTo(-0.0436, 4);
    expect(compare(madeAttempts("pf", "pf")).difference).toEqual({ value: 0, interval: null });
  });
});

it("six pairs are the fewest that can reach 0.05, eight for 0.01", () => {
  expect(leastPairs(0.05)).toBe(6);
  expect(leastPairs(0.01)).toBe(8);
});
