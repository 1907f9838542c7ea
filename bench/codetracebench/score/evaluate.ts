import {
  bootstrapInterval,
  type ClusterSums,
  planResamples,
  type ResamplePlan,
} from "../../../src/stats/cluster-bootstrap.ts";
import type { Score } from "./report-types.ts";
import type { RowFacts } from "./row-facts.ts";
import type { Term } from "./terms.ts";

/** Rows to score together, with the task of each and the resamples that all their scores share. */
export interface Scope {
  /** Indices into the list of scored rows. */
  rows: readonly number[];
  /** Number of the task of each of them, in the same order. */
  clusters: readonly number[];
  plan: ResamplePlan;
}

/** What each scored row adds to one score of one method; null = the row is not in the score's population. */
export type Contributions = readonly (readonly [numerator: number, denominator: number] | null)[];

/** Numbers the tasks of the rows and draws the resamples. */
export function scopeOf(
  rows: readonly number[],
  taskOf: (row: number) => string,
  resamples: number,
  seed: number,
): Scope {
  const numbers = new Map<string, number>();
  const clusters = rows.map((row) => {
    const task = taskOf(row);
    const number = numbers.get(task) ?? numbers.size;
    numbers.set(task, number);
    return number;
  });
  return { rows, clusters, plan: planResamples(numbers.size, resamples, seed) };
}

/** Works out a term for each row, from the facts of its repetitions: they weigh as one row together. */
export function contributionsOf(term: Term, facts: readonly (readonly RowFacts[])[]): Contributions {
  return facts.map((repetitions) => {
    const inside = repetitions.filter(term.population).map(term.add);
    if (inside.length === 0) return null;
    return [
      inside.reduce((sum, [numerator]) => sum + numerator, 0) / inside.length,
      inside.reduce((sum, [, denominator]) => sum + denominator, 0) / inside.length,
    ];
  });
}

/** One score over a scope, with its interval. */
export function evaluate(contributions: Contributions, scope: Scope): Score {
  const sums = emptySums(scope.plan.clusters);
  const tasks = new Set<number>();
  let rows = 0;
  for (const [place, row] of scope.rows.entries()) {
    const added = contributions[row];
    const cluster = scope.clusters[place];
    if (added == null || cluster === undefined) continue;
    rows++;
    tasks.add(cluster);
    addTo(sums, cluster, added);
  }
  const denominator = total(sums.denominators);
  return {
    value: denominator === 0 ? null : total(sums.numerators) / denominator,
    interval: tasks.size < 2 ? null : bootstrapInterval(scope.plan, sums),
    rows,
  };
}

function emptySums(clusters: number): ClusterSums {
  return { numerators: new Float64Array(clusters), denominators: new Float64Array(clusters) };
}

function addTo(
  sums: ClusterSums,
  cluster: number,
  [numerator, denominator]: readonly [number, number],
): void {
  sums.numerators[cluster] = (sums.numerators[cluster] ?? 0) + numerator;
  sums.denominators[cluster] = (sums.denominators[cluster] ?? 0) + denominator;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
