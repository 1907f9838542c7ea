import { type Chosen, type CutLimits, chooseCut } from "./choose-cut.ts";
import { groupByMeans } from "./group-k-means.ts";
import { groupByTree } from "./group-tree.ts";
import type { Grouper } from "./grouper.ts";

/** Above this many items a tree takes too long: its time grows with the third power. */
const MOST_IN_TREE = 800;

const MOST_CLUSTERS = 20;
const MOST_CUTS = 80;
const MEANS_CUTS = 20;

/** The grouping of the rows with its method. */
export interface Grouped extends Chosen {
  method: "average-linkage" | "k-means";
  grouper: Grouper;
  least_size: number;
}

/** Groups rows of unit length: a tree where they are few, k-means where they are many. */
export function groupRows(rows: readonly Float64Array[], seed: number): Grouped {
  const isTree = rows.length <= MOST_IN_TREE;
  const least_size = leastSize(rows.length);
  const limits: CutLimits = {
    least_size,
    most_clusters: MOST_CLUSTERS,
    most_k: isTree ? MOST_CUTS : MEANS_CUTS,
  };
  const grouper = isTree ? groupByTree(rows) : groupByMeans(rows, seed);
  return {
    method: isTree ? "average-linkage" : "k-means",
    grouper,
    least_size,
    ...chooseCut(grouper, rows.length, limits),
  };
}

/** Runs that make a cluster: 2 of a handful, 3 of more, 1 % of many. */
export function leastSize(items: number): number {
  return items < 12 ? 2 : Math.max(3, Math.round(items / 100));
}
