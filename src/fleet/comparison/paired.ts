import { bootstrapInterval, planResamples, type ResamplePlan } from "../../stats/cluster-bootstrap.ts";
import { holm } from "../../stats/holm.ts";
import { mcnemarExact } from "../../stats/mcnemar.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import type { TaskPair } from "./pair-tasks.ts";
import type { Interval, NamedShare, PairedMean, PairedShare } from "./types.ts";

/** One task's mean in either fleet; null = none of its runs there tells. */
interface TaskMeans {
  a: number | null;
  b: number | null;
}

/** Compares over the same tasks with the same resamples, so that all results of a comparison belong together. */
export class PairedTasks {
  readonly #pairs: readonly TaskPair[];
  readonly #plan: ResamplePlan;

  constructor(pairs: readonly TaskPair[], { seed, resamples }: { seed: number; resamples: number }) {
    this.#pairs = pairs;
    this.#plan = planResamples(pairs.length, resamples, seed);
  }

  /** How often something holds. `holds` gives null where a run does not tell. `side` says which fleet it is of. */
  share(holds: (facts: RunFacts, side: "a" | "b") => boolean | null): PairedShare {
    const means = this.#means((facts, side) => asNumber(holds(facts, side)));
    const { tasks, mean_a, mean_b, difference, interval } = this.#compare(means);
    const votes = { only_a: 0, only_b: 0, both: 0, neither: 0, ties: 0 };
    for (const { a, b } of means) if (a !== null && b !== null) votes[vote(a, b)]++;
    const p = mcnemarExact(votes.only_a, votes.only_b);
    return { tasks, rate_a: mean_a, rate_b: mean_b, difference, interval, ...votes, p };
  }

  /** The same for several that are tested together. Those that no task tells of are left out. */
  shares(
    table: readonly { name: string; holds: (facts: RunFacts, side: "a" | "b") => boolean | null }[],
  ): NamedShare[] {
    const rows = table
      .map(({ name, holds }) => ({ name, ...this.share(holds) }))
      .filter(({ tasks }) => tasks > 0);
    const corrected = holm(rows.map(({ p }) => p));
    return rows.map((row, index) => ({ ...row, p_corrected: corrected[index] ?? 1 }));
  }

  /** A quantity. `value` gives null where a run does not record it. */
  mean(name: string, unit: string, value: (facts: RunFacts) => number | null): PairedMean {
    return { name, unit, ...this.#compare(this.#means(value)) };
  }

  #means(value: (facts: RunFacts, side: "a" | "b") => number | null): TaskMeans[] {
    return this.#pairs.map(({ a, b }) => ({
      a: meanOf(a.map((facts) => value(facts, "a"))),
      b: meanOf(b.map((facts) => value(facts, "b"))),
    }));
  }

  #compare(means: readonly TaskMeans[]): Omit<PairedMean, "name" | "unit"> {
    const told = means.filter((task) => task.a !== null && task.b !== null);
    const mean_a = meanOf(told.map(({ a }) => a));
    const mean_b = meanOf(told.map(({ b }) => b));
    const difference = mean_a === null || mean_b === null ? null : mean_b - mean_a;
    return { tasks: told.length, mean_a, mean_b, difference, interval: this.#interval(means, told.length) };
  }

  /** Resampling one task gives that task again: no interval. */
  #interval(means: readonly TaskMeans[], tasks: number): Interval | null {
    if (tasks < 2) return null;
    const numerators = Float64Array.from(means, ({ a, b }) => (a === null || b === null ? 0 : b - a));
    const denominators = Float64Array.from(means, ({ a, b }) => (a === null || b === null ? 0 : 1));
    const interval = bootstrapInterval(this.#plan, { numerators, denominators });
    return interval === null ? null : { low: interval.low, high: interval.high };
  }
}

/** What most of a task's runs say in either fleet. */
function vote(a: number, b: number): "only_a" | "only_b" | "both" | "neither" | "ties" {
  if (a === 0.5 || b === 0.5) return "ties";
  if (a > 0.5) return b > 0.5 ? "both" : "only_a";
  return b > 0.5 ? "only_b" : "neither";
}

function asNumber(holds: boolean | null): number | null {
  return holds === null ? null : Number(holds);
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
