import { mulberry32, randomIndex } from "./prng.ts";
import { quantile } from "./quantile.ts";

/** Coverage of the intervals. */
export const LEVEL = 0.95;

/** What each resample drew. One plan serves all scores, so that methods stay paired. */
export interface ResamplePlan {
  clusters: number;
  resamples: number;
  /** How often each resample drew a cluster: all resamples of the first cluster, then all of the second, … */
  counts: Uint16Array;
  /** Resampled sums of what was asked before: most scores divide by the same numbers. */
  known: Map<string, Float64Array>;
}

/** What a cluster adds to a score that is a sum over rows divided by a sum over rows. */
export interface ClusterSums {
  numerators: Float64Array;
  denominators: Float64Array;
}

/** A percentile interval. `undefined_resamples` had nothing to divide by and are left out. */
export interface PercentileInterval {
  low: number;
  high: number;
  undefined_resamples: number;
}

/** Draws as many clusters as there are (at most 65,535), with replacement, `resamples` times. */
export function planResamples(clusters: number, resamples: number, seed: number): ResamplePlan {
  const random = mulberry32(seed);
  const counts = new Uint16Array(clusters * resamples);
  for (let resample = 0; resample < resamples; resample++) {
    for (let draw = 0; draw < clusters; draw++) {
      const at = randomIndex(random, clusters) * resamples + resample;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return { clusters, resamples, counts, known: new Map() };
}

/** Percentile bootstrap interval of a ratio of sums, resampling whole clusters; null = undefined in every resample. */
export function bootstrapInterval(plan: ResamplePlan, sums: ClusterSums): PercentileInterval | null {
  const defined = resampleRatio(plan, sums);
  const low = quantile(defined, (1 - LEVEL) / 2);
  const high = quantile(defined, (1 + LEVEL) / 2);
  if (low === null || high === null) return null;
  return { low, high, undefined_resamples: plan.resamples - defined.length };
}

/** The ratio in every resample that has something to divide by, in the order of the plan. */
function resampleRatio(plan: ResamplePlan, sums: ClusterSums): Float64Array {
  const numerators = resampleSum(plan, sums.numerators);
  const denominators = knownSum(plan, sums.denominators);
  const ratios = new Float64Array(plan.resamples);
  let defined = 0;
  for (let resample = 0; resample < plan.resamples; resample++) {
    const denominator = denominators[resample] ?? 0;
    if (denominator !== 0) ratios[defined++] = (numerators[resample] ?? 0) / denominator;
  }
  return ratios.subarray(0, defined);
}

function knownSum(plan: ResamplePlan, values: Float64Array): Float64Array {
  const key = values.join();
  const sum = plan.known.get(key) ?? resampleSum(plan, values);
  plan.known.set(key, sum);
  return sum;
}

function resampleSum(plan: ResamplePlan, values: Float64Array): Float64Array {
  const sum = new Float64Array(plan.resamples);
  for (const [cluster, value] of values.entries()) {
    if (value === 0) continue;
    const offset = cluster * plan.resamples;
    for (let resample = 0; resample < plan.resamples; resample++) {
      sum[resample] = (sum[resample] ?? 0) + value * (plan.counts[offset + resample] ?? 0);
    }
  }
  return sum;
}
