/** Holm's step-down correction: the adjusted p of each test, in the order given, never above 1. */
export function holm(ps: readonly number[]): number[] {
  const order = [...ps.entries()].sort(([, a], [, b]) => a - b);
  const adjusted = new Array<number>(ps.length).fill(1);
  let floor = 0;
  for (const [rank, [index, p]] of order.entries()) {
    floor = Math.max(floor, Math.min(1, p * (ps.length - rank)));
    adjusted[index] = floor;
  }
  return adjusted;
}
