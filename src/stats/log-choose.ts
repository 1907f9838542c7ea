/** Natural logarithm of the binomial coefficient, `from` over `chosen`, by its product: exact to rounding for the counts that are tested here. */
export function logChoose(from: number, chosen: number): number {
  const factors = Math.min(chosen, from - chosen);
  let log = 0;
  for (let factor = 1; factor <= factors; factor++) {
    log += Math.log(from - factors + factor) - Math.log(factor);
  }
  return log;
}
