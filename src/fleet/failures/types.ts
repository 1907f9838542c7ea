import { z } from "zod";
import { FailureStageSchema } from "../../trajectory/index.ts";

/** How many runs have one value; null = it is not recorded. */
export const CountSchema = z.object({ value: z.string().nullable(), runs: z.int().positive() });
export type Count = z.infer<typeof CountSchema>;

/** Failed runs that have something in common. */
export const ClusterSchema = z.object({
  cluster_id: z.int().positive().describe("from 1, largest first"),
  name: z.string().min(1).max(60),
  named_by: z.string().describe("terms, or the model's name"),
  terms: z.array(z.string()).describe("what tells it from the others, strongest first"),
  size: z.int().positive(),
  silhouette: z
    .number()
    .min(-1)
    .max(1)
    .nullable()
    .describe("mean over its members; null = there is no other cluster to tell it from"),
  run_ids: z.array(z.string()).min(1).describe("ascending"),
  exemplar_run_ids: z.array(z.string()).min(1).describe("nearest to all others in it, nearest first"),
  stages: z.array(CountSchema),
  agents: z.array(CountSchema),
  models: z.array(CountSchema),
  tasks: z.array(CountSchema).describe("by task key"),
  over_time: z
    .array(z.object({ from: z.string(), runs: z.int().nonnegative() }))
    .describe(
      "runs that began in each bucket of `time`, every bucket listed; none where no time is recorded",
    ),
  undated_runs: z.int().nonnegative(),
});
export type Cluster = z.infer<typeof ClusterSchema>;

/** One cut of the tree, or one k, that was weighed. */
export const CutSchema = z.object({
  k: z.int().positive().describe("groups asked for"),
  clusters: z.int().nonnegative().describe("of them, those that are large enough"),
  ungrouped: z.int().nonnegative().describe("runs in smaller groups"),
  silhouette: z.number().min(-1).max(1).describe("mean over all runs; an ungrouped run counts as 0"),
});
export type Cut = z.infer<typeof CutSchema>;

/** `clusters.json`. */
export const FailureClustersSchema = z.object({
  codetracer_version: z.string(),
  failed_runs: z.int().nonnegative(),
  stages: z.array(z.object({ stage: FailureStageSchema, runs: z.int().positive() })).describe("most first"),
  vectors: z.string().describe("tf-idf, or the embedding model"),
  dimensions: z.int().nonnegative(),
  method: z.enum(["average-linkage", "k-means", "none"]).describe("none = too few runs to group"),
  seed: z.int(),
  least_size: z.int().positive().describe("fewer runs are no cluster"),
  k: z.int().positive().nullable().describe("the cut that was taken; null = none"),
  silhouette: z.number().min(-1).max(1).nullable(),
  curve: z.array(CutSchema).describe("every cut that was weighed"),
  chance: z
    .object({ shuffles: z.int().positive(), mean: z.number(), highest: z.number() })
    .nullable()
    .describe(
      "the silhouette of the best cut where every dimension is shuffled among the runs; null = not tried",
    ),
  verdict: z.enum(["clear", "weak", "none"]).describe("none = the runs fall into no groups; one is shown"),
  note: z.string().describe("what the verdict rests on"),
  stability: z
    .object({
      resamples: z.int().positive(),
      mean_rand: z.number().max(1),
      low_rand: z.number().max(1).describe("the 5 % quantile"),
    })
    .nullable()
    .describe(
      "adjusted Rand index between the clusters and those of bootstrap resamples; null = not resampled",
    ),
  agreement: z
    .object({
      task: z.number().max(1).nullable(),
      stage: z.number().max(1).nullable(),
      agent: z.number().max(1).nullable(),
      model: z.number().max(1).nullable(),
    })
    .describe(
      "adjusted Rand index with what is known besides: near 1 for task = the clusters only tell tasks apart; null = nothing to compare",
    ),
  time: z
    .object({ bucket: z.enum(["day", "week", "month"]), undated_runs: z.int().nonnegative() })
    .nullable()
    .describe("null = no failed run records when it began"),
  clusters: z.array(ClusterSchema).describe("largest first"),
  ungrouped_run_ids: z.array(z.string()).describe("in no cluster, ascending"),
});
export type FailureClusters = z.infer<typeof FailureClustersSchema>;
