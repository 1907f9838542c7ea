import { mulberry32, randomIndex, seedFor } from "../../../stats/prng.ts";
import { quantile } from "../../../stats/quantile.ts";
import type { FailureClusters } from "../types.ts";
import { clustersOnly, type Grouping } from "./choose-cut.ts";
import { leastSize } from "./group-rows.ts";
import type { Grouper } from "./grouper.ts";
import { adjustedRand } from "./rand-index.ts";
import { mean } from "./silhouette.ts";

/** Draws of one resample: more take too long. */
const MOST_DRAWS = 500;
const MOST_K = 80;

/**
 * How much the clusters hang on the runs that happened to be there: items are drawn with replacement, those drawn are grouped again into as many
 * clusters, and compared with the clusters they had (each ungrouped item counts as a group of its own). null = nothing could be compared.
 */
export function stabilityOf(
  grouper: Grouper,
  grouping: Grouping,
  { seed, resamples }: { seed: number; resamples: number },
): FailureClusters["stability"] {
  const clusters = new Set(grouping.filter((group) => group !== null)).size;
  const random = mulberry32(seedFor(seed, "stability"));
  const indices: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = drawnOf(grouping.length, random);
    const least = Math.max(2, Math.round((leastSize(grouping.length) * drawn.length) / grouping.length));
    const again = regrouped(grouper, drawn, clusters, least);
    const index = adjustedRand(apart(again), apart(drawn.map((item) => grouping[item] ?? null)));
    if (index !== null) indices.push(index);
  }
  const low = quantile(Float64Array.from(indices), 0.05);
  return low === null ? null : { resamples: indices.length, mean_rand: mean(indices), low_rand: low };
}

function drawnOf(items: number, random: () => number): number[] {
  const drawn = new Set<number>();
  for (let draw = 0; draw < Math.min(items, MOST_DRAWS); draw++) drawn.add(randomIndex(random, items));
  return [...drawn].sort((a, b) => a - b);
}

/** The first cut that gives so many clusters; the nearest where none does. */
function regrouped(grouper: Grouper, items: readonly number[], clusters: number, least: number): Grouping {
  const groups = grouper.among(items);
  const last = grouper.is_nested ? Math.min(MOST_K, items.length - 1) : clusters;
  let best: { gap: number; grouping: Grouping } = {
    gap: Number.POSITIVE_INFINITY,
    grouping: items.map(() => null),
  };
  for (let k = clusters; k <= last && best.gap > 0; k++) {
    const grouping = clustersOnly(groups(k), least);
    const gap = Math.abs(new Set(grouping.filter((group) => group !== null)).size - clusters);
    if (gap < best.gap) best = { gap, grouping };
  }
  return best.grouping;
}

function apart(grouping: Grouping): string[] {
  return grouping.map((group, item) => (group === null ? `item ${item}` : `group ${group}`));
}
