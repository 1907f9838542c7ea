/**
 * Exact two-sided McNemar test: min(1, 2 P(X ≤ min)) for X ~ Binomial(onlyA + onlyB, 1/2). 1 when no pair differs.
 */
export function mcnemarExact(onlyA: number, onlyB: number): number {
  const pairs = onlyA + onlyB;
  let tail = 0;
  // In logarithms, since 2^-pairs underflows beyond about a thousand pairs.
  let logTerm = -pairs * Math.LN2;
  for (let hits = 0; hits <= Math.min(onlyA, onlyB); hits++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(pairs - hits) - Math.log(hits + 1);
  }
  return Math.min(1, 2 * tail);
}
