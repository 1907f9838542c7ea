import type { Cluster, FailureClusters } from "../failures/types.ts";
import { column, rowOf, type Table } from "./column.ts";
import type { RunRows } from "./rows.ts";

/** One row a failure cluster. */
export const CLUSTERS: Table<Cluster> = {
  name: "clusters",
  about: "One row a cluster of failed runs that have something in common, the largest first.",
  columns: [
    column("cluster_id", "whole", "from 1", (cluster) => cluster.cluster_id),
    column("name", "text", "its strongest terms, or what a model called it", (cluster) => cluster.name),
    column("named_by", "text", "terms, or the model", (cluster) => cluster.named_by),
    column("terms", "texts", "what tells it from the others, strongest first", (cluster) => cluster.terms),
    column("size", "whole", "runs", (cluster) => cluster.size),
    column(
      "silhouette",
      "number?",
      "mean over its runs, -1 to 1; null = there is no other cluster",
      (cluster) => cluster.silhouette,
    ),
    column(
      "exemplar_run_ids",
      "texts",
      "the runs nearest to all others in it, nearest first",
      (cluster) => cluster.exemplar_run_ids,
    ),
  ],
};

/** A run and its cluster. */
interface Member {
  cluster: Cluster;
  run_id: string;
}

/** One row a run that is in a cluster. */
export const CLUSTER_MEMBERS: Table<Member> = {
  name: "cluster_members",
  about: "One row a failed run that is in a cluster; failed runs that are like no others have none.",
  columns: [
    column("cluster_id", "whole", "joins `clusters`", ({ cluster }) => cluster.cluster_id),
    column("run_id", "text", "joins `runs`", ({ run_id }) => run_id),
    column("is_exemplar", "truth", "whether it stands for its cluster", ({ cluster, run_id }) =>
      cluster.exemplar_run_ids.includes(run_id),
    ),
  ],
};

/** The rows of a fleet's clusters. */
export function rowsOfClusters({ clusters }: FailureClusters): RunRows {
  const members = clusters.flatMap((cluster) => cluster.run_ids.map((run_id) => ({ cluster, run_id })));
  return {
    [CLUSTERS.name]: clusters.map((cluster) => rowOf(CLUSTERS, cluster)),
    [CLUSTER_MEMBERS.name]: members.map((member) => rowOf(CLUSTER_MEMBERS, member)),
  };
}
