import type { OutcomeWord, PageRun } from "./data.ts";

/** Outcomes in the order in which they are drawn. */
export const OUTCOMES: readonly OutcomeWord[] = ["solved", "failed", "unknown", "harness"];

/** What each outcome is called in full. */
export const OUTCOME_TITLES: Readonly<Record<OutcomeWord, string>> = {
  solved: "solved",
  failed: "failed",
  unknown: "not recorded",
  harness: "broken by the harness",
};

/** What runs add up to. */
export interface Sums {
  runs: number;
  outcomes: Readonly<Record<OutcomeWord, number>>;
  /** Solved among those of which that is known; null = of none. */
  solvedShare: number | null;
  steps: number;
  failedSteps: number;
  tasks: number;
  /** Sums over the runs that record it, and how many do. */
  cost: { dollars: number; runs: number };
  tokens: { count: number; runs: number };
  medianSteps: number | null;
  medianScore: number | null;
}

/** Adds runs up. */
export function sumsOf(runs: readonly PageRun[]): Sums {
  const outcomes = { solved: 0, failed: 0, unknown: 0, harness: 0 };
  for (const { outcome } of runs) outcomes[outcome]++;
  const known = outcomes.solved + outcomes.failed;
  const costs = runs.flatMap(({ cost_usd }) => cost_usd ?? []);
  const tokens = runs.flatMap(({ input_tokens, output_tokens }) =>
    input_tokens === null && output_tokens === null ? [] : (input_tokens ?? 0) + (output_tokens ?? 0),
  );
  return {
    runs: runs.length,
    outcomes,
    solvedShare: known === 0 ? null : outcomes.solved / known,
    steps: total(runs.map(({ step_count }) => step_count)),
    failedSteps: total(runs.map(({ failed_step_count }) => failed_step_count)),
    tasks: new Set(runs.flatMap(({ task_key }) => task_key ?? [])).size,
    cost: { dollars: total(costs), runs: costs.length },
    tokens: { count: total(tokens), runs: tokens.length },
    medianSteps: median(runs.map(({ step_count }) => step_count)),
    medianScore: median(runs.flatMap(({ score }) => score?.value ?? [])),
  };
}

/** The middle value, the mean of the two middle ones of an even number; null = there is none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** `42 %`; `–` where there is nothing to divide by. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.round((100 * part) / whole)} %`;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
