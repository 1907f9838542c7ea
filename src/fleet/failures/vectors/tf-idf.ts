import { termsOf } from "../text/terms.ts";
import { unit, type Vectors } from "./vectors.ts";

/** A summary and the task that its run was at; null = not known. */
export interface Told {
  summary: string;
  task_key: string | null;
}

/** Vectors together with what their dimensions stand for. */
export interface TermVectors extends Vectors {
  terms: readonly string[];
}

const MAX_TERMS = 4000;
/** A term in more of the runs than this tells nothing apart. */
const MOST_SHARE = 0.6;
/** A term is the task's when one task has more of its runs than this. */
const ONE_TASK_SHARE = 0.6;
/** Fewer runs say nothing about what is common. */
const FEW_RUNS = 8;

/**
 * TF-IDF with sublinear frequency, 1 + ln tf, and smoothed ln((1 + n) / (1 + df)) + 1 (Manning, Raghavan and Schütze, Introduction to
 * Information Retrieval, 6.2 and 6.4; smoothing as scikit-learn has it), over unit length. Terms of one run only are left out, and terms that
 * occur mostly within one task: they would group runs by what they were asked.
 */
export function tfIdf(told: readonly Told[]): TermVectors {
  const counts = told.map(({ summary }) => termsOf(summary));
  const terms = chosenTerms(counts, told);
  const place = new Map(terms.map(({ term }, index) => [term, index]));
  const weights = terms.map(({ runs }) => Math.log((1 + told.length) / (1 + runs)) + 1);
  const rows = counts.map((count) => {
    const row = new Float64Array(terms.length);
    for (const [term, times] of count) {
      const at = place.get(term);
      if (at !== undefined) row[at] = (1 + Math.log(times)) * (weights[at] ?? 0);
    }
    return unit(row);
  });
  return { source: "tf-idf", dimensions: terms.length, rows, terms: terms.map(({ term }) => term) };
}

/** The terms that may tell failures apart, in alphabetical order; of too many those in most runs. */
function chosenTerms(
  counts: readonly ReadonlyMap<string, number>[],
  told: readonly Told[],
): { term: string; runs: number }[] {
  const tasks = new Set(told.map(({ task_key }) => task_key));
  const runs = new Map<string, Map<string, number>>();
  for (const [index, count] of counts.entries()) {
    const task = told[index]?.task_key ?? `run ${index}`;
    for (const term of count.keys()) {
      const byTask = runs.get(term) ?? new Map<string, number>();
      runs.set(term, byTask.set(task, (byTask.get(task) ?? 0) + 1));
    }
  }
  const least = told.length < FEW_RUNS ? 1 : 2;
  const most = told.length < FEW_RUNS ? told.length : MOST_SHARE * told.length;
  return [...runs]
    .map(([term, byTask]) => ({ term, byTask, runs: sum(byTask.values()) }))
    .filter(
      (one) =>
        one.runs >= least && one.runs <= most && !(tasks.size > 1 && isOfOneTask(one.byTask, one.runs)),
    )
    .map((one) => ({ term: one.term, runs: one.runs }))
    .sort((a, b) => b.runs - a.runs || (a.term < b.term ? -1 : 1))
    .slice(0, MAX_TERMS)
    .sort((a, b) => (a.term < b.term ? -1 : 1));
}

/** A term of one run is of one task too, but only repeats make it the task's. */
function isOfOneTask(byTask: ReadonlyMap<string, number>, runs: number): boolean {
  return runs > 1 && Math.max(...byTask.values()) > ONE_TASK_SHARE * runs;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
