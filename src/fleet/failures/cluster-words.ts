import { plural } from "../../report/words.ts";
import type { Count, FailureClusters } from "./types.ts";

const MOST_VALUES = 4;

/** `kimi-k2 5, not recorded 2`: the commonest values first. */
export function countWords(counts: readonly Count[]): string {
  const shown = counts.slice(0, MOST_VALUES).map(({ value, runs }) => `${value ?? "not recorded"} ${runs}`);
  const rest = counts.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

/** How many runs failed at each stage. */
export function stageWords({ stages }: FailureClusters): string {
  return stages.map(({ stage, runs }) => `${stage} ${runs}`).join(", ");
}

/** Which cut was taken of how many, and what others would have come to. */
export function curveWords({ k, silhouette, curve, ungrouped_run_ids, least_size }: FailureClusters): string {
  const best = Math.max(...curve.map((cut) => cut.silhouette));
  const last = curve.at(-1)?.k ?? 2;
  const range = `of ${plural(curve.length, "cut")} (k 2 to ${last}) the highest silhouette is ${best.toFixed(2)}`;
  if (k === null || silhouette === null) return range;
  return `k ${k}, the coarsest within 5 % of the best, with ${silhouette.toFixed(2)}; ${range}; groups under ${least_size} runs are no clusters (${plural(ungrouped_run_ids.length, "run")})`;
}

/** How stable the clusters are. */
export function stabilityWords({
  resamples,
  mean_rand,
  low_rand,
}: NonNullable<FailureClusters["stability"]>): string {
  return `adjusted Rand index with the clusters of ${plural(resamples, "bootstrap resample")}: mean ${mean_rand.toFixed(2)}, 5 % quantile ${low_rand.toFixed(2)}`;
}

/** How far the clusters repeat what is known besides; null = nothing to compare. */
export function agreementWords({ agreement }: FailureClusters): string | null {
  const known = Object.entries(agreement).flatMap(([what, index]) =>
    index === null ? [] : [`${what} ${index.toFixed(2)}`],
  );
  return known.length === 0
    ? null
    : `adjusted Rand index with what is known besides: ${known.join(", ")} (1 = the same groups)`;
}

/** What is known of when the runs began. */
export function timeWords({ time, failed_runs }: FailureClusters): string {
  if (time === null) return "not recorded in any failed run";
  const dated = failed_runs - time.undated_runs;
  return `by ${time.bucket}, for the ${plural(dated, "run")} that record it (${time.undated_runs} do not)`;
}
