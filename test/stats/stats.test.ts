import { describe, expect, it } from "vitest";
import { bootstrapInterval, planResamples } from "../../src/stats/cluster-bootstrap.ts";
import { holm } from "../../src/stats/holm.ts";
import { mcnemarExact } from "../../src/stats/mcnemar.ts";
import { signFlipTest } from "../../src/stats/permutation.ts";
import { mulberry32, randomSteps, seedFor } from "../../src/stats/prng.ts";
import { quantile } from "../../src/stats/quantile.ts";

describe("seeded numbers", () => {
  it.each([
    [1, [2693262067, 11749833, 2265367787, 4213581821]],
    [12345, [4207900869, 1317490944, 2079646450]],
  ])("mulberry32 of %i gives the published sequence", (seed, expected) => {
    const random = mulberry32(seed);
    expect(expected.map(() => random() * 2 ** 32)).toEqual(expected);
  });

  it("FNV-1a of the seed and the purpose", () => expect(seedFor(7, "a", "b")).toBe(4147232239));

  it("draws every pair of four steps about equally often", () => {
    const random = mulberry32(5);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const pair = randomSteps(random, 4, 2).join();
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["1,2", "1,3", "1,4", "2,3", "2,4", "3,4"]);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // The 99.9 % point of chi-square with five degrees of freedom.
    expect(chiSquare).toBeLessThan(20.52);
  });

  it.each([
    [0, 3, []],
    [3, 0, []],
    [3, 3, [1, 2, 3]],
    [3, 9, [1, 2, 3]],
  ])("%i steps, %i wanted", (length, size, expected) => {
    expect(randomSteps(mulberry32(1), length, size)).toEqual(expected);
  });
});

describe("quantiles as numpy gives them", () => {
  it.each([
    [0, 1],
    [0.025, 1],
    [0.25, 1.75],
    [0.5, 3.5],
    [0.9, 6.9],
    [0.975, 8.475],
    [1, 9],
  ])("%f", (share, expected) => {
    expect(quantile(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6), share)).toBeCloseTo(expected, 12);
  });
  it("of one number and of none", () => {
    expect(quantile(Float64Array.of(2), 0.3)).toBe(2);
    expect(quantile(new Float64Array(), 0.5)).toBeNull();
  });
});

describe("cluster bootstrap", () => {
  const sums = (rows: readonly (readonly [number, number])[]) => ({
    numerators: Float64Array.from(rows, ([numerator]) => numerator),
    denominators: Float64Array.from(rows, ([, denominator]) => denominator),
  });
  const plan = (clusters: number) => planResamples(clusters, 10_000, 11);

  it("four clusters, one of them right: k of 4 with k binomial, so 0 to 3/4", () => {
    const right = sums([
      [0, 1],
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
    expect(bootstrapInterval(plan(4), right)).toEqual({ low: 0, high: 3 / 4, undefined_resamples: 0 });
  });

  it("a cluster is drawn whole: 1 row against 3 gives 0, 1/4 or 1", () => {
    expect(
      bootstrapInterval(
        plan(2),
        sums([
          [1, 1],
          [0, 3],
        ]),
      ),
    ).toMatchObject({ low: 0, high: 1 });
  });

  it("resamples with nothing to divide by are left out and counted: about a quarter of them", () => {
    const made = bootstrapInterval(
      plan(2),
      sums([
        [3, 4],
        [0, 0],
      ]),
    );
    expect(made).toMatchObject({ low: 3 / 4, high: 3 / 4 });
    expect(Math.abs((made?.undefined_resamples ?? 0) - 2500)).toBeLessThan(
      4 * Math.sqrt(10_000 * 0.25 * 0.75),
    );
  });

  it("undefined throughout", () =>
    expect(
      bootstrapInterval(
        plan(2),
        sums([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toBeNull());

  it("the same seed draws the same, another one does not", () => {
    expect(planResamples(5, 20, 1).counts).toEqual(planResamples(5, 20, 1).counts);
    expect(planResamples(5, 20, 1).counts).not.toEqual(planResamples(5, 20, 2).counts);
  });
});

describe("sign flips", () => {
  const twelve = [0.5, -0.2, 0.3, 0.1, -0.4, 0.25, 0.6, 0.15, -0.05, 0.35, 0.2, -0.1];

  it.each([
    ["by hand: only all plus and all minus reach 6", [1, 2, 3], 2 / 8, 3],
    ["no difference at all", [0, 0], 1, 0],
    ["zeros say nothing", [0, 5, 0], 1, 1],
    ["ties count as extreme", [1, 1, -1], 1, 3],
    ["scipy.stats.permutation_test", [1 / 3, -1 / 2, 1 / 4, 2 / 3, 1 / 5], 0.375, 5],
    ["scipy.stats.permutation_test, twelve", twelve, 0.1318359375, 12],
  ])("%s", (_what, differences, p, clusters) => {
    expect(signFlipTest(differences, 10_000, 1)).toEqual({ p, exact: true, clusters });
  });

  it("random flips come near the exact p when there are too many patterns", () => {
    const { p, exact } = signFlipTest(twelve, 4000, 2);
    expect(exact).toBe(false);
    expect(Math.abs(p - 0.1318359375)).toBeLessThan(4 * Math.sqrt((0.132 * 0.868) / 4000));
  });
});

describe("exact McNemar, as scipy.stats.binomtest gives it", () => {
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [5, 0, 0.0625],
    [3, 7, 0.34375],
    [10, 25, 0.016673847800120715],
    [6, 6, 1],
    [700, 800, 0.010559255466711506],
  ])("%i against %i", (a, b, p) => {
    expect(mcnemarExact(a, b)).toBeCloseTo(p, 10);
    expect(mcnemarExact(b, a)).toBe(mcnemarExact(a, b));
  });
});

describe("Holm", () => {
  it.each([
    ["none", [], []],
    ["steps down in order of size", [0.01, 0.04, 0.03], [0.03, 0.06, 0.06]],
    ["never above 1", [0.6, 0.7], [1, 1]],
    ["ties", [0.02, 0.02], [0.04, 0.04]],
  ])("%s", (_what, ps, expected) => {
    const adjusted = holm(ps);
    expect(adjusted).toHaveLength(expected.length);
    for (const [index, p] of expected.entries()) expect(adjusted[index]).toBeCloseTo(p, 12);
  });
});
