import { agnes, type Cluster } from "ml-hclust";
import { cosineDistances } from "../vectors/vectors.ts";
import type { Grouper } from "./grouper.ts";

/** Groups by average linkage over cosine distances. Ties go by the order of the items. */
export function groupByTree(rows: readonly Float64Array[]): Grouper {
  const distances = cosineDistances(rows);
  const all = rows.map((_, item) => item);
  const among = (items: readonly number[]): ((k: number) => number[]) => {
    const matrix = items.map((item) => items.map((other) => distances[item]?.[other] ?? 0));
    const tree = agnes(matrix, { method: "average", isDistanceMatrix: true });
    return (k) => cutTree(tree, k, items.length);
  };
  return { sample: all, distances, groups: among(all), among, is_nested: true };
}

/** The tree's k topmost branches. */
function cutTree(tree: Cluster, k: number, items: number): number[] {
  const groups = new Array<number>(items).fill(0);
  for (const [group, branch] of tree.group(k).children.entries())
    for (const item of branch.indices()) groups[item] = group;
  return groups;
}
