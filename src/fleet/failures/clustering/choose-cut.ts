import type { Cut } from "../types.ts";
import type { Grouper } from "./grouper.ts";
import { mean, silhouettes } from "./silhouette.ts";

/** What bounds the choice. */
export interface CutLimits {
  /** Fewer items are no cluster. */
  least_size: number;
  most_clusters: number;
  most_k: number;
}

/** A grouping: a cluster from 0 for each item, null = in none. */
export type Grouping = readonly (number | null)[];

/** The best cut, and all that were weighed. `grouping` null = no cut gives two clusters. */
export interface Chosen {
  best: Cut | null;
  grouping: Grouping | null;
  curve: Cut[];
}

/** A coarser cut that is nearly as good is easier to read and leaves fewer items out. */
const NEARLY_SHARE = 0.95;

/**
 * Weighs every k from 2: groups under the least size are no clusters, their items count as 0. Taken is the coarsest cut whose mean silhouette
 * comes to 95 % of the highest.
 */
export function chooseCut(grouper: Grouper, items: number, limits: CutLimits): Chosen {
  const weighedCuts: { cut: Cut; grouping: Grouping }[] = [];
  for (let k = 2; k <= Math.min(limits.most_k, items - 1); k++) {
    const grouping = clustersOnly(grouper.groups(k), limits.least_size);
    const cut = weighed(k, grouping, grouper);
    if (cut.clusters > limits.most_clusters) break;
    weighedCuts.push({ cut, grouping });
  }
  const curve = weighedCuts.map(({ cut }) => cut);
  const able = weighedCuts.filter(({ cut }) => cut.clusters >= 2);
  const highest = Math.max(...able.map(({ cut }) => cut.silhouette));
  const least = highest > 0 ? NEARLY_SHARE * highest : highest;
  const taken = able.find(({ cut }) => cut.silhouette >= least);
  return { best: taken?.cut ?? null, grouping: taken?.grouping ?? null, curve };
}

function weighed(k: number, groups: Grouping, { sample, distances }: Grouper): Cut {
  const values = silhouettes(
    distances,
    sample.map((item) => groups[item] ?? null),
  );
  return {
    k,
    clusters: new Set(groups.filter((group) => group !== null)).size,
    ungrouped: groups.filter((group) => group === null).length,
    silhouette: mean(values),
  };
}

/** Numbers the groups that are large enough from 0, the largest first; of equal ones the one with the earlier item. */
export function clustersOnly(groups: readonly number[], least: number): Grouping {
  const members = new Map<number, number[]>();
  for (const [item, group] of groups.entries()) members.set(group, [...(members.get(group) ?? []), item]);
  const large = [...members]
    .filter(([, items]) => items.length >= least)
    .sort(([, a], [, b]) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
  const numbers = new Map(large.map(([group], index) => [group, index]));
  return groups.map((group) => numbers.get(group) ?? null);
}
