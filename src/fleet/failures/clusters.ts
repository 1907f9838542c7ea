/** The clusters of a fleet's failures: apart from the rest, since reading a run needs none of it. */
export { clusterFailures } from "./cluster-failures.ts";
export { clustersMarkdown } from "./clusters-markdown.ts";
export { embedFailures } from "./embeddings/embed-failures.ts";
export { nameByModel } from "./naming/name-by-model.ts";
export { renderClusters } from "./render-clusters.ts";
export { type FailureClusters, FailureClustersSchema } from "./types.ts";
