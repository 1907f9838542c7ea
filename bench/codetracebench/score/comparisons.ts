import { CodeTracerError } from "../../../src/index.ts";
import { holm } from "../../../src/stats/holm.ts";
import { mcnemarExact } from "../../../src/stats/mcnemar.ts";
import { signFlipTest } from "../../../src/stats/permutation.ts";
import { seedFor } from "../../../src/stats/prng.ts";
import { type Contributions, evaluate, type Scope } from "./evaluate.ts";
import type { MethodRun } from "./method-runs.ts";
import type { Comparison, ComparisonReason, McNemarResult, PermutationResult } from "./report-types.ts";

interface Pair {
  a: MethodRun;
  b: MethodRun;
  reason: ComparisonReason;
}

/** The comparison named beforehand, if any, and each method under test against the best constant rule and the swept window. */
export function compareMethods(
  runs: readonly MethodRun[],
  scope: Scope,
  seed: number,
  named: readonly [string, string] | undefined,
): Comparison[] {
  const first = named === undefined ? [] : [namedPair(runs, named)];
  const pairs = [...first, ...standingPairs(runs, scope).filter((pair) => !first.some(same(pair)))];
  return correct(pairs.map((pair) => compare(pair, scope, seed)));
}

function namedPair(runs: readonly MethodRun[], [first, second]: readonly [string, string]): Pair {
  const find = (name: string) => runs.find((run) => run.method === name);
  const [a, b] = [find(first), find(second)];
  if (a !== undefined && b !== undefined && a !== b) return { a, b, reason: "named" };
  const known = runs.map((run) => run.method).join(", ");
  throw new CodeTracerError(
    "bad_argument",
    `cannot compare "${first}" with "${second}": expected two different methods; there are ${known}`,
  );
}

function standingPairs(runs: readonly MethodRun[], scope: Scope): Pair[] {
  const macroF1 = (run: MethodRun) => meanOf(run.scores.positive_macro_f1, scope) ?? 0;
  const constants = runs.filter((run) => run.role === "constant");
  const best = constants.toSorted((a, b) => macroF1(b) - macroF1(a)).slice(0, 1);
  const swept = runs.filter((run) => run.role === "swept");
  const tested = runs.filter((run) => run.role === "method");
  return tested.flatMap((a) => [
    ...best.map((b) => ({ a, b, reason: "best_constant" as const })),
    ...swept.map((b) => ({ a, b, reason: "best_swept" as const })),
  ]);
}

function same(pair: Pair): (other: Pair) => boolean {
  return (other) => (other.a === pair.a && other.b === pair.b) || (other.a === pair.b && other.b === pair.a);
}

function compare({ a, b, reason }: Pair, scope: Scope, seed: number): Comparison {
  const differences = differencesOf(a.scores.positive_macro_f1, b.scores.positive_macro_f1);
  const { value, interval, rows } = evaluate(differences, scope);
  const about = { a: a.method, b: b.method, reason, rows, f1_difference: value };
  if (rows === 0) return { ...about, f1_difference_interval: null, permutation: null, mcnemar: null };
  const flips = signFlipTest(
    clusterTotals(differences, scope),
    scope.plan.resamples,
    seedFor(seed, "compare", a.method, b.method),
  );
  return {
    ...about,
    f1_difference_interval: interval,
    permutation: { ...flips, p_holm: null },
    mcnemar: mcnemar(a.scores.hit_rate, b.scores.hit_rate, scope),
  };
}

function differencesOf(a: Contributions, b: Contributions): Contributions {
  return a.map((added, row) => {
    const other = b[row];
    return added === null || other == null ? null : [added[0] - other[0], 1];
  });
}

function clusterTotals(contributions: Contributions, scope: Scope): number[] {
  const totals = new Array<number>(scope.plan.clusters).fill(0);
  for (const [place, row] of scope.rows.entries()) {
    const cluster = scope.clusters[place];
    if (cluster !== undefined) totals[cluster] = (totals[cluster] ?? 0) + (contributions[row]?.[0] ?? 0);
  }
  return totals;
}

function mcnemar(a: Contributions, b: Contributions, scope: Scope): McNemarResult {
  const counts = { both: 0, only_a: 0, only_b: 0, neither: 0 };
  for (const row of scope.rows) {
    const [one, other] = [a[row], b[row]];
    if (one == null || other == null) continue;
    const [hitA, hitB] = [one[0] > 0.5, other[0] > 0.5];
    counts[hitA ? (hitB ? "both" : "only_a") : hitB ? "only_b" : "neither"]++;
  }
  return { p: mcnemarExact(counts.only_a, counts.only_b), p_holm: null, ...counts };
}

function correct(comparisons: readonly Comparison[]): Comparison[] {
  const unnamed = comparisons.filter((comparison) => comparison.reason !== "named");
  const permutation = adjuster(unnamed.flatMap((comparison) => comparison.permutation ?? []));
  const mcnemarTest = adjuster(unnamed.flatMap((comparison) => comparison.mcnemar ?? []));
  return comparisons.map((comparison) => ({
    ...comparison,
    permutation: comparison.permutation && permutation(comparison.permutation),
    mcnemar: comparison.mcnemar && mcnemarTest(comparison.mcnemar),
  }));
}

/** A test that is not in the family, the named one, stays as it is. */
function adjuster<Test extends PermutationResult | McNemarResult>(
  family: readonly Test[],
): (test: Test) => Test {
  const adjusted = holm(family.map((test) => test.p));
  return (test) => ({ ...test, p_holm: adjusted[family.indexOf(test)] ?? null });
}

function meanOf(contributions: Contributions, scope: Scope): number | null {
  let [sum, weight] = [0, 0];
  for (const row of scope.rows) {
    sum += contributions[row]?.[0] ?? 0;
    weight += contributions[row]?.[1] ?? 0;
  }
  return weight === 0 ? null : sum / weight;
}
