import type { Distances } from "./silhouette.ts";

/** Items that can be put into any number of groups. */
export interface Grouper {
  /** The items that the quality of a grouping is told by, ascending: all of them, or some where there are many. */
  sample: readonly number[];
  /** Between the items of the sample. */
  distances: Distances;
  /** A group from 0 for each item. */
  groups(k: number): number[];
  /** The same over some of the items, which keep their order: a group for each of them. */
  among(items: readonly number[]): (k: number) => number[];
  /** Whether a larger k only splits groups. If so, groups under the least size are passed over by going on to the next k. */
  is_nested: boolean;
}
