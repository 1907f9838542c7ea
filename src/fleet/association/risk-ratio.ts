/** How many of how many. */
export interface Share {
  present: number;
  judged: number;
}

/** A ratio of two shares with its 95 % interval. */
export interface RiskRatio {
  ratio: number;
  low: number;
  high: number;
  /** A count of 0 was in the way: a half was added to every count (Haldane and Anscombe). */
  is_corrected: boolean;
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The first share over the second, with Katz's interval on the logarithm (Katz et al., Biometrics 34, 1978):
 * var log RR = 1/a - 1/(a+b) + 1/c - 1/(c+d). Where any of the four counts is 0, a half is added to each of them first. null where a share
 * has no runs, or where neither has the thing at all.
 */
export function riskRatio(first: Share, second: Share): RiskRatio | null {
  if (first.judged === 0 || second.judged === 0 || first.present + second.present === 0) return null;
  const counts = [
    first.present,
    first.judged - first.present,
    second.present,
    second.judged - second.present,
  ];
  const isCorrected = counts.includes(0);
  const [a = 0, b = 0, c = 0, d = 0] = counts.map((count) => count + (isCorrected ? 0.5 : 0));
  const ratio = a / (a + b) / (c / (c + d));
  const spread = Z * Math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d));
  return {
    ratio,
    low: ratio * Math.exp(-spread),
    high: ratio * Math.exp(spread),
    is_corrected: isCorrected,
  };
}
