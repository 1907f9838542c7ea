import type { RunFacts } from "../../trajectory/index.ts";
import { VERSION } from "../../util/version.ts";
import { type Chance, chanceOf } from "./clustering/chance.ts";
import type { Grouping } from "./clustering/choose-cut.ts";
import { type Grouped, groupRows, leastSize } from "./clustering/group-rows.ts";
import { silhouettes } from "./clustering/silhouette.ts";
import { stabilityOf } from "./clustering/stability.ts";
import { timeBuckets } from "./clustering/time-buckets.ts";
import { agreementOf, stageCounts } from "./counts.ts";
import { describeClusters } from "./describe-clusters.ts";
import type { FailureClusters } from "./types.ts";
import { tfIdf } from "./vectors/tf-idf.ts";
import { unit, type Vectors } from "./vectors/vectors.ts";

/** A run that failed. */
export type FailedFacts = RunFacts & { failure: NonNullable<RunFacts["failure"]> };

/** Vectors that a model made. */
export interface Embedded {
  model: string;
  /** By the summary of a failure, all of one length. */
  of: ReadonlyMap<string, ArrayLike<number>>;
}

/** How to cluster. */
export interface ClusterOptions {
  /** Left out = 1. Moves only k-means and the resamples. */
  seed?: number;
  /** For the stability; left out = 40, 0 = none. */
  resamples?: number;
  /** For what chance would find; left out = 5, 0 = none. */
  shuffles?: number;
  /** Instead of TF-IDF over the words. */
  embedded?: Embedded;
}

/** From here on groups are plain to see, and under the lower figure there are none (for text, where distances are all long). */
const CLEAR = 0.25;
const WEAK = 0.1;
/** Groups stand out by half as much again as what shuffled runs come to on average. */
const OVER_CHANCE = 1.5;
/** Fewer failed runs are read faster than clustered. */
const LEAST_RUNS = 6;

/**
 * Groups the failed runs of a fleet by what their summaries have in common. The same runs in any order give the same clusters. Throws where
 * `embedded` lacks a summary: our bug.
 */
export function clusterFailures(facts: readonly RunFacts[], options: ClusterOptions = {}): FailureClusters {
  const { seed = 1, resamples = 40, shuffles = 5 } = options;
  const failed = failedOf(facts);
  const vectors = vectorsOf(failed, options.embedded);
  const isEnough = failed.length >= LEAST_RUNS && vectors.dimensions > 0;
  const grouped = isEnough ? groupRows(vectors.rows, seed) : null;
  const silhouette = grouped?.best?.silhouette ?? null;
  const chance = silhouette !== null && shuffles > 0 ? chanceOf(vectors.rows, { seed, shuffles }) : null;
  const verdict = verdictOf(silhouette, chance);
  const isSplit = grouped?.grouping != null && verdict !== "none";
  const grouping: Grouping = isSplit ? (grouped?.grouping ?? []) : failed.map(() => 0);
  const buckets = timeBuckets(failed.map(({ started_at }) => started_at));
  return {
    codetracer_version: VERSION,
    failed_runs: failed.length,
    stages: stageCounts(failed),
    vectors: vectors.source,
    dimensions: vectors.dimensions,
    method: grouped?.method ?? "none",
    seed,
    least_size: grouped?.least_size ?? leastSize(failed.length),
    k: isSplit ? (grouped?.best?.k ?? null) : null,
    silhouette,
    curve: grouped?.curve ?? [],
    chance,
    verdict,
    note: isEnough ? noteOf(silhouette, chance, verdict) : tooLittle(failed.length),
    stability:
      isSplit && grouped !== null && resamples > 0
        ? stabilityOf(grouped.grouper, grouping, { seed, resamples })
        : null,
    agreement: agreementOf(failed, isSplit ? grouping : null),
    time:
      buckets === null
        ? null
        : {
            bucket: buckets.bucket,
            undated_runs: failed.filter(({ started_at }) => started_at === null).length,
          },
    clusters: describeClusters(failed, grouping, {
      vectors,
      buckets,
      silhouettes: isSplit && grouped !== null ? itemSilhouettes(grouped, grouping) : null,
    }),
    ungrouped_run_ids: failed.filter((_, item) => grouping[item] === null).map(({ run_id }) => run_id),
  };
}

/** The failed runs by run id: what comes out must not hang on the order that runs were read in. */
export function failedOf(facts: readonly RunFacts[]): FailedFacts[] {
  return facts
    .filter((one): one is FailedFacts => one.failure !== null)
    .sort((a, b) => (a.run_id < b.run_id ? -1 : a.run_id > b.run_id ? 1 : 0));
}

function vectorsOf(failed: readonly FailedFacts[], embedded: Embedded | undefined): Vectors {
  if (embedded === undefined)
    return tfIdf(failed.map(({ failure, task_key }) => ({ summary: failure.summary, task_key })));
  const rows = failed.map(({ failure, run_id }) => {
    const row = embedded.of.get(failure.summary);
    if (row === undefined) throw new Error(`${run_id} has no embedding`);
    return unit(row);
  });
  return { source: embedded.model, dimensions: rows[0]?.length ?? 0, rows };
}

function itemSilhouettes(grouped: Grouped, grouping: Grouping): ReadonlyMap<number, number> {
  const { sample, distances } = grouped.grouper;
  const values = silhouettes(
    distances,
    sample.map((item) => grouping[item] ?? null),
  );
  return new Map(sample.map((item, at) => [item, values[at] ?? 0]));
}

function verdictOf(silhouette: number | null, chance: Chance | null): FailureClusters["verdict"] {
  const bar = Math.max(WEAK, chance?.highest ?? 0, OVER_CHANCE * (chance?.mean ?? 0));
  if (silhouette === null || silhouette <= bar) return "none";
  return silhouette < CLEAR ? "weak" : "clear";
}

function tooLittle(runs: number): string {
  if (runs === 0) return "no run is known to have failed";
  return runs < LEAST_RUNS
    ? `too few failed runs to look for groups: ${runs} < ${LEAST_RUNS}`
    : "the failed runs have no words in common beyond their tasks";
}

function noteOf(
  silhouette: number | null,
  chance: Chance | null,
  verdict: FailureClusters["verdict"],
): string {
  if (silhouette === null)
    return "no cut gives two groups that are large enough; all failed runs are shown as one";
  const figure = silhouette.toFixed(2);
  const byChance =
    chance === null ? "" : ` (by chance ${chance.mean.toFixed(2)}, up to ${chance.highest.toFixed(2)})`;
  if (verdict === "none") {
    const bar = silhouette <= WEAK ? `, not over ${WEAK}` : "";
    return `no clear groups: silhouette ${figure}${bar}${byChance}; all failed runs are shown as one`;
  }
  return verdict === "weak"
    ? `weak groups: silhouette ${figure}${byChance}, from ${CLEAR} on they are clear; read the exemplars before trusting a name`
    : `clear groups: silhouette ${figure}${byChance}`;
}
