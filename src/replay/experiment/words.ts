import { plural } from "../../report/words.ts";
import type { Comparison, Verdict } from "./comparison.ts";
import type { StopReason } from "./exclusion.ts";
import type { Attempt } from "./ledger.ts";
import type { ArmReport, ExperimentReport } from "./report.ts";
import { ARMS, type Arm } from "./schedule.ts";

/** How an arm is called. */
export const ARM_NAMES: Readonly<Record<Arm, string>> = {
  with_hint: "with the hint",
  without_hint: "without it",
};

/** How a verdict is called. */
export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  recovered: "recovered",
  not_recovered: "not recovered",
  passes_anyway: "passes anyway",
  not_shown: "not shown",
};

const STOPS: Readonly<Record<StopReason, string>> = {
  max_cost: "the limit on cost was reached",
  max_seconds: "the limit on time was reached",
  unknown_cost: "an attempt's cost is not recorded, so that the limit on cost cannot be held",
};

/** One sentence with the verdict and what it rests on. */
export function verdictWords({ comparison }: ExperimentReport): string {
  const { verdict, pairs, p } = comparison;
  if (p === null) return "not shown: no pair of attempts counts";
  const withHint = comparison.both_passed + comparison.only_with_hint;
  const withoutHint = comparison.both_passed + comparison.only_without_hint;
  return `${VERDICT_NAMES[verdict]}: of ${plural(pairs, "pair")}, ${withHint} passed with the hint and ${withoutHint} without it (p ${pWords(p)})`;
}

/** The rows of the table of arms, name first: figure by figure, an arm a column. */
export function armRows(report: ExperimentReport): string[][] {
  const row = (name: string, figure: (arm: ArmReport) => string): string[] => [
    name,
    ...report.arms.map(figure),
  ];
  const hasOnset = report.original_onset !== null;
  return [
    row("passed", ({ passed, counted }) => `${passed} of ${counted}`),
    row("95 % interval", ({ arm }) => intervalWords(report.comparison.arms[arm].interval)),
    row("attempts made", ({ made, planned }) => `${made} of ${planned}`),
    row("excluded", ({ excluded }) => `${excluded}`),
    row("out of time", ({ timed_out }) => `${timed_out}`),
    row("same mistake", ({ recurred, runs_read }) =>
      hasOnset && runs_read > 0 ? `${recurred} of ${runs_read} runs` : "not known",
    ),
    row("median steps", ({ median_steps }) => numberWords(median_steps, 1)),
    row("median cost", ({ median_cost_usd, cost_known, counted }) => {
      if (median_cost_usd === null) return "not recorded";
      return `$${median_cost_usd.toFixed(4)}${cost_known < counted ? ` (of ${cost_known})` : ""}`;
    }),
    row("median seconds", ({ median_seconds }) => numberWords(median_seconds, 1)),
  ];
}

/** The pairs by what passed: a row a result with the hint, a column a result without it. */
export function pairRows(comparison: Comparison): string[][] {
  const { both_passed, only_with_hint, only_without_hint, neither_passed } = comparison;
  return [
    ["passed with it", `${both_passed}`, `${only_with_hint}`],
    ["failed with it", `${only_without_hint}`, `${neither_passed}`],
  ];
}

/** What the tests say, a sentence each. */
export function testWords(comparison: Comparison): string[] {
  const { p, fisher_p, difference, pairs, only_with_hint, only_without_hint } = comparison;
  const said: string[] = [];
  if (p !== null) said.push(`McNemar, exact, two-sided, over ${plural(pairs, "pair")}: p ${pWords(p)}.`);
  if (difference !== null) {
    const { value, interval } = difference;
    const ends =
      interval === null
        ? "no pair differs"
        : `${points(interval.low)} to ${points(interval.high)} (95 %, exact, given that ${only_with_hint + only_without_hint} of ${plural(pairs, "pair")} differ)`;
    said.push(`The difference is ${points(value)} percentage points: ${ends}.`);
  }
  if (fisher_p !== null) said.push(`Fisher, over all attempts that count: p ${pWords(fisher_p)}.`);
  return said;
}

/** The attempts that were left out or not made, a sentence each. */
export function missingWords({ attempts, stop, planned }: ExperimentReport): string[] {
  const left = attempts.flatMap(({ arm, pair, exclusion }) =>
    exclusion === null
      ? []
      : [`pair ${pair} ${ARM_NAMES[arm]}: ${exclusion.reason.replaceAll("_", " ")}; ${exclusion.detail}`],
  );
  const missing = planned - attempts.length;
  if (missing === 0) return left;
  const why = stop === null ? "it was interrupted; the same command goes on" : STOPS[stop];
  return [...left, `${plural(missing, "attempt")} not made: ${why}`];
}

/** How one attempt went, in a line. */
export function attemptWords({ arm, pair, verdict, agent, run, exclusion }: Attempt): string {
  const parts = [
    exclusion === null ? verdict : `excluded, ${exclusion.detail}`,
    ...(agent?.stopped === "time" ? ["out of time"] : []),
    ...(run?.step_count == null ? [] : [plural(run.step_count, "step")]),
    ...(agent === null ? [] : [`${agent.seconds.toFixed(1)} s`]),
    ...(run?.cost_usd == null ? [] : [`$${run.cost_usd.toFixed(4)}`]),
  ];
  return `pair ${pair} ${ARM_NAMES[arm]}: ${parts.join(", ")}`;
}

/** The columns of the table of arms. */
export const ARM_HEADS: readonly string[] = ["", ...ARMS.map((arm) => ARM_NAMES[arm])];
/** The columns of the table of pairs. */
export const PAIR_HEADS: readonly string[] = ["", "passed without it", "failed without it"];

function pWords(p: number): string {
  return p < 0.001 ? "< 0.001" : `= ${p.toFixed(p < 0.01 ? 4 : 3)}`;
}

function intervalWords(interval: { low: number; high: number } | null): string {
  return interval === null
    ? "not known"
    : `${Math.round(100 * interval.low)} to ${Math.round(100 * interval.high)} %`;
}

function numberWords(value: number | null, digits: number): string {
  return value === null ? "not known" : `${Number(value.toFixed(digits))}`;
}

function points(share: number): string {
  const value = Math.round(100 * share);
  return value > 0 ? `+${value}` : `${value}`.replace("-", "−");
}
