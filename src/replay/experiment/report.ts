import { plural } from "../../report/words.ts";
import { quantile } from "../../stats/quantile.ts";
import { type Comparison, compare, LEAST_PAIRS, LEVEL } from "./comparison.ts";
import type { StopReason } from "./exclusion.ts";
import type { Attempt } from "./ledger.ts";
import { onsetStep } from "./recurrence.ts";
import { ARMS, type Arm } from "./schedule.ts";
import type { ExperimentSettings } from "./settings.ts";

/** What an arm took and did. Medians are over the attempts that count and have the figure; null = none has. */
export interface ArmReport {
  arm: Arm;
  planned: number;
  made: number;
  passed: number;
  counted: number;
  excluded: number;
  /** Ended at the time limit. */
  timed_out: number;
  median_steps: number | null;
  median_cost_usd: number | null;
  median_seconds: number | null;
  /** Attempts whose cost is recorded. */
  cost_known: number;
  /** Attempts whose run was read, and those of them that do what the original's onset did. */
  runs_read: number;
  recurred: number;
}

/** The result of an experiment. */
export interface ExperimentReport {
  run: string;
  out: string;
  hint_source: string;
  comparison: Comparison;
  arms: readonly ArmReport[];
  /** The step that the original run's failure began with; null = its diagnosis names none. */
  original_onset: { step_id: number; action: string } | null;
  /** Why attempts were not made; null = none is missing for a reason of the protocol. */
  stop: StopReason | null;
  planned: number;
  attempts: readonly Attempt[];
  /** Dollars of all attempts whose cost is recorded. */
  known_cost_usd: number;
  /** What these figures do not tell, a sentence each. */
  not_known: readonly string[];
}

/** Puts the result together from the finished attempts. */
export function reportOf(
  settings: ExperimentSettings,
  attempts: readonly Attempt[],
  stop: StopReason | null,
): ExperimentReport {
  const comparison = compare(attempts);
  const onset = onsetStep(settings.original);
  const arms = ARMS.map((arm) => armReport(arm, attempts, settings.attempts));
  return {
    run: settings.original.extraction.run,
    out: settings.out,
    hint_source: settings.hint.source,
    comparison,
    arms,
    original_onset: onset === null ? null : { step_id: onset.step_id, action: onset.action },
    stop,
    planned: 2 * settings.attempts,
    attempts,
    known_cost_usd: attempts.reduce((sum, { run }) => sum + (run?.cost_usd ?? 0), 0),
    not_known: notKnown(comparison, arms, settings.attempts, onset !== null),
  };
}

function armReport(arm: Arm, attempts: readonly Attempt[], planned: number): ArmReport {
  const made = attempts.filter((attempt) => attempt.arm === arm);
  const counted = made.filter(({ verdict }) => verdict !== "excluded");
  const read = counted.flatMap(({ run }) => (run !== null && run.step_count !== null ? [run] : []));
  const costs = read.flatMap(({ cost_usd }) => (cost_usd === null ? [] : [cost_usd]));
  return {
    arm,
    planned,
    made: made.length,
    passed: counted.filter(({ verdict }) => verdict === "passed").length,
    counted: counted.length,
    excluded: made.length - counted.length,
    timed_out: counted.filter(({ agent }) => agent?.stopped === "time").length,
    median_steps: median(read.flatMap(({ step_count }) => (step_count === null ? [] : [step_count]))),
    median_cost_usd: median(costs),
    median_seconds: median(counted.flatMap(({ agent }) => (agent === null ? [] : [agent.seconds]))),
    cost_known: costs.length,
    runs_read: read.length,
    recurred: read.filter(({ recurrence }) => recurrence !== null).length,
  };
}

function median(values: readonly number[]): number | null {
  return quantile(Float64Array.from(values), 0.5);
}

function notKnown(
  comparison: Comparison,
  arms: readonly ArmReport[],
  planned: number,
  hasOnset: boolean,
): string[] {
  const { pairs, least_p, verdict } = comparison;
  const said: string[] = [];
  if (pairs < planned)
    said.push(
      `${pairs} of ${planned} pairs count; the others are incomplete or were left out by the rules of the protocol.`,
    );
  if (least_p !== null && least_p > LEVEL)
    said.push(
      `${plural(pairs, "pair")} cannot show a difference: p is ${least_p.toPrecision(2)} at least, however they end, and ${LEVEL} is asked for. It takes ${LEAST_PAIRS} pairs or more.`,
    );
  else if (verdict === "not_shown" && pairs > 0)
    said.push("More passed with the hint, but so much may be chance; more pairs could tell.");
  const withHint = comparison.arms.with_hint.interval;
  if (verdict === "not_recovered" && withHint !== null)
    said.push(
      `Up to ${Math.round(100 * withHint.high)} % of attempts with the hint could pass all the same: ${plural(comparison.arms.with_hint.counted, "attempt")} cannot rule that out.`,
    );
  if (verdict === "passes_anyway")
    said.push("Whether the hint helps where the agent fails cannot be seen where it mostly passes.");
  const unread = arms.reduce((sum, { counted, runs_read }) => sum + counted - runs_read, 0);
  if (unread > 0)
    said.push(
      `${plural(unread, "attempt")} left no run that can be read: steps, cost and recurrence are over the others.`,
    );
  const unpriced = arms.reduce((sum, { counted, cost_known }) => sum + counted - cost_known, 0);
  if (unpriced > 0) said.push(`The cost of ${plural(unpriced, "attempt")} is not recorded.`);
  if (!hasOnset) said.push("The diagnosis of the original run names no onset, so recurrence cannot be told.");
  return said;
}
