/** Distance from one item to another, by their places. */
export type Distances = readonly Float64Array[];

/**
 * The silhouette of every item (Rousseeuw 1987): (b − a) / max(a, b), a = mean distance to the others of its group, b = least mean distance to
 * another group. 0 for an item that is alone in its group, and for one in no group (null). Where there is a single group, all are 0.
 */
export function silhouettes(distances: Distances, groups: readonly (number | null)[]): Float64Array {
  const count = Math.max(-1, ...groups.map((group) => group ?? -1)) + 1;
  const sizes = new Float64Array(count);
  for (const group of groups) if (group !== null) sizes[group] = (sizes[group] ?? 0) + 1;
  return Float64Array.from(groups, (group, item) => {
    if (group === null || (sizes[group] ?? 0) < 2) return 0;
    const sums = new Float64Array(count);
    for (const [other, itsGroup] of groups.entries())
      if (itsGroup !== null) sums[itsGroup] = (sums[itsGroup] ?? 0) + (distances[item]?.[other] ?? 0);
    const own = (sums[group] ?? 0) / ((sizes[group] ?? 0) - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (let at = 0; at < count; at++)
      if (at !== group && (sizes[at] ?? 0) > 0)
        nearest = Math.min(nearest, (sums[at] ?? 0) / (sizes[at] ?? 1));
    if (nearest === Number.POSITIVE_INFINITY) return 0;
    const longer = Math.max(own, nearest);
    return longer === 0 ? 0 : (nearest - own) / longer;
  });
}

/** The mean; 0 over nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return values.length === 0 ? 0 : sum / values.length;
}
