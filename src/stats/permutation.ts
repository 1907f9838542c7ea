import { mulberry32, type Random } from "./prng.ts";

/** Rounding of sums must not turn a tie with the observed difference into a smaller one. */
const TIE = 1e-12;

/** Two-sided p; `exact` = every sign pattern was tried; `clusters` = those whose difference is not zero. */
export interface SignFlipResult {
  p: number;
  exact: boolean;
  clusters: number;
}

/**
 * Paired permutation test on the summed difference of each cluster: under no difference each sign is as likely as its opposite.
 * Tries all 2^clusters patterns when they are at most `resamples`, else `resamples` random ones, p = (1 + as extreme) / (1 + tried).
 */
export function signFlipTest(
  differences: readonly number[],
  resamples: number,
  seed: number,
): SignFlipResult {
  const sizes = differences.filter((difference) => Math.abs(difference) > TIE);
  const observed = Math.abs(sum(sizes));
  const patterns = 2 ** sizes.length;
  if (patterns <= resamples) {
    const extreme = countExtreme(patterns, observed, (pattern) => flippedByBits(sizes, pattern));
    return { p: extreme / patterns, exact: true, clusters: sizes.length };
  }
  const random = mulberry32(seed);
  const extreme = countExtreme(resamples, observed, () => flippedAtRandom(sizes, random));
  return { p: (1 + extreme) / (1 + resamples), exact: false, clusters: sizes.length };
}

function countExtreme(tries: number, observed: number, next: (pattern: number) => number): number {
  let extreme = 0;
  for (let pattern = 0; pattern < tries; pattern++) {
    if (Math.abs(next(pattern)) >= observed - TIE) extreme++;
  }
  return extreme;
}

function flippedByBits(sizes: readonly number[], pattern: number): number {
  let total = 0;
  for (const [bit, size] of sizes.entries()) {
    total += Math.floor(pattern / 2 ** bit) % 2 === 0 ? size : -size;
  }
  return total;
}

function flippedAtRandom(sizes: readonly number[], random: Random): number {
  let total = 0;
  for (const size of sizes) total += random() < 0.5 ? size : -size;
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
