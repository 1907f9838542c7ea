import { describe, expect, it } from "vitest";
import { clopperPearson, pairedDifference } from "../../src/stats/clopper-pearson.ts";
import { fisherExact } from "../../src/stats/fisher.ts";

describe("fisherExact", () => {
  it.each([
    // Fisher's tea: of C(8,4) = 70 orders, 1 + 16 are at least as telling on each side.
    [3, 1, 1, 3, 34 / 70],
    // Perfectly split: 1 of C(10,5) = 252 tables on each side.
    [5, 0, 0, 5, 2 / 252],
    [6, 0, 0, 6, 2 / 924],
    // The example of scipy's manual: whales and sharks in two oceans.
    [8, 2, 1, 5, 0.034965034965],
    // Wikipedia's example: studying men and women.
    [1, 9, 11, 3, 0.002759456185],
  ])("gives the published p of %i %i %i %i", (a, b, c, d, p) => {
    expect(fisherExact(a, b, c, d)).toBeCloseTo(p, 10);
    expect(fisherExact(c, d, a, b)).toBeCloseTo(p, 10);
    expect(fisherExact(a, c, b, d)).toBeCloseTo(p, 10);
  });

  it.each([
    [0, 0, 0, 0],
    [4, 0, 7, 0],
    [0, 0, 3, 2],
    [3, 3, 3, 3],
  ])("gives 1 where nothing can differ or nothing does: %i %i %i %i", (a, b, c, d) => {
    expect(fisherExact(a, b, c, d)).toBeCloseTo(1, 12);
  });

  it("holds for tables whose numbers of orders overflow", () => {
    expect(fisherExact(900, 100, 100, 900)).toBeGreaterThanOrEqual(0);
    expect(fisherExact(900, 100, 100, 900)).toBeLessThan(1e-100);
    expect(fisherExact(500, 500, 500, 500)).toBeCloseTo(1, 9);
  });
});

describe("clopperPearson", () => {
  it.each([
    // With no hit the upper end is 1 − 0.025^(1/n), with hits only the lower end is 0.025^(1/n).
    [0, 6, 0, 1 - 0.025 ** (1 / 6)],
    [6, 6, 0.025 ** (1 / 6), 1],
    // Published tables.
    [1, 10, 0.00252857854446178, 0.445016117028195],
    [5, 10, 0.187086028447398, 0.812913971552602],
  ])("gives the published ends of %i in %i", (hits, trials, low, high) => {
    const interval = clopperPearson(hits, trials, 0.95);
    expect(interval.low).toBeCloseTo(low, 10);
    expect(interval.high).toBeCloseTo(high, 10);
  });

  it("knows nothing of no trials", () => {
    expect(clopperPearson(0, 0, 0.95)).toEqual({ low: 0, high: 1 });
  });
});

it("the interval of a paired difference covers it at least as often as it says", () => {
  const [pairs, level] = [5, 0.9];
  const shares = [0, 0.1, 0.25, 0.4, 0.5, 0.7, 0.9, 1];
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  for (const first of shares) {
    for (const second of shares.filter((share) => share <= 1 - first)) {
      let covered = 0;
      for (let a = 0; a <= pairs; a++) {
        for (let b = 0; a + b <= pairs; b++) {
          const orders = factorial(pairs) / (factorial(a) * factorial(b) * factorial(pairs - a - b));
          const chance =
            orders * first ** a * second ** b * Math.max(0, 1 - first - second) ** (pairs - a - b);
          const { low, high } = pairedDifference(a, b, pairs, level);
          if (low <= first - second + 1e-9 && first - second <= high + 1e-9) covered += chance;
        }
      }
      expect(covered, `${first} and ${second}`).toBeGreaterThanOrEqual(level - 1e-9);
    }
  }
});
