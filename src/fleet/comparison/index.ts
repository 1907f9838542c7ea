/** Two fleets side by side, paired by task. */
export { compareFleets } from "./compare-fleets.ts";
export { fleetComparisonMarkdown } from "./markdown.ts";
export { renderFleetComparison } from "./render.ts";
export { sharedClusters } from "./shared-clusters.ts";
