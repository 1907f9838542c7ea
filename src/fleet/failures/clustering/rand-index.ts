/**
 * The adjusted Rand index of two groupings of the same items (Hubert and Arabie 1985): 1 = the same groups, about 0 = no more alike than by
 * chance. null where chance alone gives all there is to agree on: fewer than two items, or each grouping has all in one group or each alone.
 */
export function adjustedRand(a: readonly unknown[], b: readonly unknown[]): number | null {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} items cannot be compared`);
  const both = new Map<unknown, Map<unknown, number>>();
  for (const [index, group] of a.entries()) {
    const row = both.get(group) ?? new Map<unknown, number>();
    both.set(group, row.set(b[index], (row.get(b[index]) ?? 0) + 1));
  }
  const together = [...both.values()].flatMap((row) => [...row.values()]).reduce(addPairs, 0);
  const inA = [...sizes(a).values()].reduce(addPairs, 0);
  const inB = [...sizes(b).values()].reduce(addPairs, 0);
  const all = pairs(a.length);
  if (all === 0) return null;
  const expected = (inA * inB) / all;
  const most = (inA + inB) / 2;
  return most === expected ? null : (together - expected) / (most - expected);
}

function sizes(groups: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}

function addPairs(sum: number, count: number): number {
  return sum + pairs(count);
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}
