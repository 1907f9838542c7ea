import { logChoose } from "./log-choose.ts";

/** Tables that are equally likely must count as such although their logarithms are rounded. */
const TIE = 1 + 1e-9;

/**
 * Fisher's exact test of a 2 × 2 table with rows (a, b) and (c, d), two-sided: the sum of the probabilities of all tables with the same margins that are
 * at most as likely as this one (the definition of R's fisher.test and of scipy). 1 where a margin is empty. Counts are whole and not negative.
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  const logTables = logChoose(a + b + c + d, a + c);
  const probability = (first: number): number =>
    Math.exp(logChoose(a + b, first) + logChoose(c + d, a + c - first) - logTables);
  const observed = probability(a) * TIE;
  let p = 0;
  for (let first = Math.max(0, a - d); first <= Math.min(a + b, a + c); first++) {
    const one = probability(first);
    if (one <= observed) p += one;
  }
  return Math.min(1, p);
}
