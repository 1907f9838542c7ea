import type { Score } from "../../trajectory/index.ts";

/** A penalty of a score. */
export type Penalty = Score["penalties"][number];

/** A penalty before rounding; one of 0 points is left out. */
export type Charge = Penalty;

/**
 * One that is shared by several things, none of which is certain: all of `most` times the probability that at least one of
 * them holds (noisy or: 1 − Π(1 − p)). Each takes what it adds to those that are surer, so that the shares sum to the whole.
 */
export function shareOut<Item>(
  most: number,
  items: readonly Item[],
  probability: (item: Item) => number,
): { item: Item; points: number }[] {
  let left = most;
  return [...items]
    .sort((a, b) => probability(b) - probability(a))
    .map((item) => {
      const points = left * probability(item);
      left -= points;
      return { item, points };
    });
}

/**
 * The penalties with points in hundredths, and what they leave of 100. The sum is rounded, and each penalty takes what it adds
 * to the rounded sum: so the points explain the value exactly, and more charges never make it greater.
 */
export function itemise(charges: readonly Charge[]): Score {
  let total = 0;
  let hundredths = 0;
  const penalties: Penalty[] = [];
  for (const charge of charges) {
    total += charge.points;
    const upTo = Math.round(total * 100);
    if (upTo > hundredths) penalties.push({ ...charge, points: (upTo - hundredths) / 100 });
    hundredths = upTo;
  }
  return { value: Math.max(0, 10_000 - hundredths) / 100, penalties };
}
