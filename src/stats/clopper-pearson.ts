import { logChoose } from "./log-choose.ts";

/** Ends of an interval for a share, 0 to 1. */
export interface ShareInterval {
  low: number;
  high: number;
}

/** Halvings of 0…1 until nothing is left to halve in a double. */
const HALVINGS = 60;

/**
 * Clopper and Pearson's exact interval of a binomial share (Biometrika 26, 1934): covers the true share with probability `level` at least. Found by
 * bisection on the binomial tails. `trials` 0 gives 0 to 1: nothing is known.
 */
export function clopperPearson(hits: number, trials: number, level: number): ShareInterval {
  const tail = (1 - level) / 2;
  return {
    low: hits === 0 ? 0 : bisect((share) => atLeast(hits, trials, share) >= tail),
    high: hits === trials ? 1 : 1 - bisect((miss) => atLeast(trials - hits, trials, miss) >= tail),
  };
}

/**
 * An interval for the difference of two paired shares, from the pairs in which only the first hit and those in which only the second did: each share of
 * pairs gets an exact interval at half the error, so that by Bonferroni both hold together, and the difference of any values in them is inside.
 * Coverage is `level` at least, and mostly more.
 */
export function pairedDifference(onlyFirst: number, onlySecond: number, pairs: number, level: number) {
  const each = 1 - (1 - level) / 2;
  const first = clopperPearson(onlyFirst, pairs, each);
  const second = clopperPearson(onlySecond, pairs, each);
  return { low: first.low - second.high, high: first.high - second.low };
}

/** P(X ≥ hits) for X ~ Binomial(trials, share). */
function atLeast(hits: number, trials: number, share: number): number {
  if (share <= 0) return hits === 0 ? 1 : 0;
  let probability = 0;
  for (let count = hits; count <= trials; count++) {
    const misses = trials - count;
    const logMisses = misses === 0 ? 0 : misses * Math.log1p(-share);
    probability += Math.exp(logChoose(trials, count) + count * Math.log(share) + logMisses);
  }
  return probability;
}

/** The least share from which on a condition holds that never ceases to. */
function bisect(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
