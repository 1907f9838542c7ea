import type { FailedFacts } from "./cluster-failures.ts";
import type { Grouping } from "./clustering/choose-cut.ts";
import { adjustedRand } from "./clustering/rand-index.ts";
import type { Count, FailureClusters } from "./types.ts";

/** How many runs have each value, most first, then by value; not recorded last of equal ones. */
export function countBy(values: readonly (string | null)[]): Count[] {
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, runs]) => ({ value, runs }))
    .sort((a, b) => b.runs - a.runs || order(a.value, b.value));
}

/** How many failed runs failed at each stage, most first. */
export function stageCounts(failed: readonly FailedFacts[]): FailureClusters["stages"] {
  const counts = new Map<FailedFacts["failure"]["stage"], number>();
  for (const { failure } of failed) counts.set(failure.stage, (counts.get(failure.stage) ?? 0) + 1);
  return [...counts]
    .map(([stage, runs]) => ({ stage, runs }))
    .sort((a, b) => b.runs - a.runs || order(a.stage, b.stage));
}

/** How far the clusters only repeat what is known without them, over the runs in a cluster that record it. */
export function agreementOf(
  failed: readonly FailedFacts[],
  grouping: Grouping | null,
): FailureClusters["agreement"] {
  const agreement = (read: (facts: FailedFacts) => string | null): number | null => {
    if (grouping === null) return null;
    const known = failed.flatMap((facts, item) => {
      const [group, value] = [grouping[item] ?? null, read(facts)];
      return group === null || value === null ? [] : [{ group, value }];
    });
    return adjustedRand(
      known.map(({ group }) => group),
      known.map(({ value }) => value),
    );
  };
  return {
    task: agreement(({ task_key }) => task_key),
    stage: agreement(({ failure }) => failure.stage),
    agent: agreement(({ agent }) => agent),
    model: agreement(({ model }) => model),
  };
}

function order(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
