/** Shared members over all members, 0 to 1. Two empty sets are alike. */
export function jaccard(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  const shared = [...one].filter((member) => other.has(member)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 1 : shared / all;
}
