import { characterWords, dollarWords, durationWords, shortCount } from "../shared/format.ts";
import type { PageStep } from "./data.ts";

/** A figure of each step that the timeline draws. */
export interface Metric {
  id: "time" | "tokens" | "cost" | "output";
  title: string;
  /** One a step; null = not recorded. */
  values: readonly (number | null)[];
  /** What the figure is and how much of it is recorded. */
  note: string;
  /** One figure in words. */
  words(value: number): string;
}

/** The four figures, in the order they are offered. Those of which nothing is recorded have only nulls. */
export function metrics(steps: readonly PageStep[]): Metric[] {
  return [time(steps), tokens(steps), cost(steps), output(steps)];
}

/** Whether any step has the figure. */
export function isRecorded(metric: Metric): boolean {
  return metric.values.some((value) => value !== null);
}

/** The sum of what is recorded; null = nothing is. */
export function total(metric: Metric): number | null {
  return isRecorded(metric) ? metric.values.reduce<number>((sum, value) => sum + (value ?? 0), 0) : null;
}

function time(steps: readonly PageStep[]): Metric {
  const recorded = steps.map((step) => step.duration_ms ?? null);
  const gaps = steps.map((step, index) => gap(step.started_at, steps[index + 1]?.started_at));
  // The last step has no next one: with starts recorded, one gap fewer than steps is all there can be.
  const useGaps = count(gaps) > 0 && count(gaps) >= count(recorded) - 1;
  const values = useGaps ? gaps : recorded;
  const what = useGaps ? "From a step's start to the next one's" : "Duration of each step";
  return { id: "time", title: "Time", values, note: noteOf(what, values), words: durationWords };
}

/** Milliseconds from the first recorded start to the end of the last; null = starts are not recorded. */
export function wallTime(steps: readonly PageStep[]): number | null {
  const dated = steps.filter((step) => step.started_at !== undefined);
  const [first, last] = [dated[0], dated.at(-1)];
  const ms = gap(first?.started_at, last?.started_at);
  return ms === null || dated.length < 2 ? null : ms + (last?.duration_ms ?? 0);
}

function gap(from: string | undefined, to: string | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  const ms = Date.parse(to) - Date.parse(from);
  return ms >= 0 ? ms : null;
}

function tokens(steps: readonly PageStep[]): Metric {
  const values = steps.map(({ tokens: used }) =>
    used?.input === undefined && used?.output === undefined ? null : (used.input ?? 0) + (used.output ?? 0),
  );
  const note = noteOf("Input and output tokens of the model turn, at its first step", values);
  return { id: "tokens", title: "Tokens", values, note, words: (value) => `${shortCount(value)} tokens` };
}

function cost(steps: readonly PageStep[]): Metric {
  const values = steps.map((step) => step.cost_usd ?? null);
  const note = noteOf("Cost of the model turn, at its first step", values);
  return { id: "cost", title: "Cost", values, note, words: dollarWords };
}

function output(steps: readonly PageStep[]): Metric {
  const values = steps.map((step) =>
    step.observation === null ? null : step.observation.length + (step.cut?.observation ?? 0),
  );
  const note = noteOf("Length of each observation", values);
  return { id: "output", title: "Output", values, note, words: characterWords };
}

function noteOf(what: string, values: readonly (number | null)[]): string {
  const recorded = count(values);
  if (recorded === 0) return "Not recorded in this run";
  return recorded === values.length ? what : `${what}; recorded for ${recorded} of ${values.length} steps`;
}

function count(values: readonly (number | null)[]): number {
  return values.filter((value) => value !== null).length;
}
