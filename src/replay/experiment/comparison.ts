import { clopperPearson, type ShareInterval } from "../../stats/clopper-pearson.ts";
import { fisherExact } from "../../stats/fisher.ts";
import { mcnemarExact } from "../../stats/mcnemar.ts";
import type { Attempt } from "./ledger.ts";
import type { Arm } from "./schedule.ts";

/** The level of the test that the verdict rests on. */
export const LEVEL = 0.05;
/** Coverage of the intervals. */
const COVERAGE = 1 - LEVEL;

/** What is compared and how, written down before the first attempt. */
export const COMPARISON = {
  question: "does the agent pass the check more often with the hint than without it?",
  primary:
    "exact two-sided McNemar test over the pairs that count: the probability, if the hint made no difference, of a split of the differing pairs at least as uneven as this one",
  level: LEVEL,
  secondary:
    "Fisher's exact test, two-sided, over all attempts that count, paired or not; the verdict does not rest on it",
  intervals:
    "95 %, exact: shares after Clopper and Pearson; the difference from such an interval for the share of differing pairs that favour the hint, given how many differ, as the primary test is",
  verdicts: {
    passes_anyway: "without the hint, more than half of the pairs pass: there was nothing to recover",
    recovered:
      "else, if more pass with the hint than without it, and p of the primary test is at most the level",
    not_recovered: "else, if no more pass with the hint than without it",
    not_shown: "else, or if no pair counts",
  },
} as const;

/** In the order in which they are tried. */
export type Verdict = keyof typeof COMPARISON.verdicts;

/** Passes of one arm, of all its attempts that count. */
export interface ArmPasses {
  passed: number;
  counted: number;
  /** null = none counts. */
  interval: ShareInterval | null;
}

/** What the pairs say. Counts are of pairs. */
export interface Comparison {
  verdict: Verdict;
  pairs: number;
  both_passed: number;
  only_with_hint: number;
  only_without_hint: number;
  neither_passed: number;
  /** McNemar; null = no pair counts. */
  p: number | null;
  /** What p would be at least, had every pair differed the same way; null = no pair counts. */
  least_p: number | null;
  /** Share with the hint less share without it, over the pairs; null = no pair counts. `interval` null = no pair differs. */
  difference: { value: number; interval: ShareInterval | null } | null;
  /** null = an arm has no attempt that counts. */
  fisher_p: number | null;
  arms: Readonly<Record<Arm, ArmPasses>>;
}

/** Compares the arms as the protocol says. */
export function compare(attempts: readonly Attempt[]): Comparison {
  const counted = attempts.filter(({ verdict }) => verdict !== "excluded");
  const table = pairTable(counted);
  const pairs = table.both_passed + table.only_with_hint + table.only_without_hint + table.neither_passed;
  const p = pairs === 0 ? null : pairedP(table.only_with_hint, table.only_without_hint);
  const [withHint, withoutHint] = [passesOf(counted, "with_hint"), passesOf(counted, "without_hint")];
  return {
    verdict: verdictOf(table, pairs, p),
    pairs,
    ...table,
    p,
    least_p: pairs === 0 ? null : pairedP(pairs, 0),
    difference: pairs === 0 ? null : differenceOf(table, pairs),
    fisher_p:
      withHint.counted === 0 || withoutHint.counted === 0
        ? null
        : fisherExact(
            withHint.passed,
            withHint.counted - withHint.passed,
            withoutHint.passed,
            withoutHint.counted - withoutHint.passed,
          ),
    arms: { with_hint: withHint, without_hint: withoutHint },
  };
}

/** McNemar's p, without the noise of its logarithms, so that 1/32 reads as 0.03125. */
export function pairedP(onlyFirst: number, onlySecond: number): number {
  return Number(mcnemarExact(onlyFirst, onlySecond).toPrecision(12));
}

/** The fewest pairs with which the primary test can reach a level at all. */
export function leastPairs(level: number): number {
  let pairs = 1;
  while (pairedP(pairs, 0) > level) pairs++;
  return pairs;
}

/** The fewest pairs with which a difference can be shown. */
export const LEAST_PAIRS = leastPairs(LEVEL);

type PairTable = Pick<Comparison, "both_passed" | "only_with_hint" | "only_without_hint" | "neither_passed">;

function pairTable(counted: readonly Attempt[]): PairTable {
  const table = { both_passed: 0, only_with_hint: 0, only_without_hint: 0, neither_passed: 0 };
  for (const first of counted.filter(({ arm }) => arm === "with_hint")) {
    const second = counted.find(({ arm, pair }) => arm === "without_hint" && pair === first.pair);
    if (second === undefined) continue;
    const [hasHelp, hasNone] = [first.verdict === "passed", second.verdict === "passed"];
    if (hasHelp) table[hasNone ? "both_passed" : "only_with_hint"]++;
    else table[hasNone ? "only_without_hint" : "neither_passed"]++;
  }
  return table;
}

/**
 * With D of n pairs differing and θ the share of them that favour the hint, the difference is (2θ − 1) D / n: the ends of θ's exact interval give those of
 * the difference, given D. It excludes 0 exactly where the test is below the level.
 */
function differenceOf(table: PairTable, pairs: number): NonNullable<Comparison["difference"]> {
  const differing = table.only_with_hint + table.only_without_hint;
  const scaled = (favoured: number): number => ((2 * favoured - 1) * differing) / pairs;
  const { low, high } = clopperPearson(table.only_with_hint, differing, COVERAGE);
  return {
    value: (table.only_with_hint - table.only_without_hint) / pairs,
    interval: differing === 0 ? null : { low: scaled(low), high: scaled(high) },
  };
}

function passesOf(counted: readonly Attempt[], arm: Arm): ArmPasses {
  const own = counted.filter((attempt) => attempt.arm === arm);
  const passed = own.filter(({ verdict }) => verdict === "passed").length;
  return {
    passed,
    counted: own.length,
    interval: own.length === 0 ? null : clopperPearson(passed, own.length, COVERAGE),
  };
}

function verdictOf(table: PairTable, pairs: number, p: number | null): Verdict {
  if (p === null) return "not_shown";
  if (2 * (table.both_passed + table.only_without_hint) > pairs) return "passes_anyway";
  if (table.only_with_hint <= table.only_without_hint) return "not_recovered";
  return p <= LEVEL ? "recovered" : "not_shown";
}
