import type { RunFacts } from "../../trajectory/index.ts";
import { clusterFailures } from "../failures/clusters.ts";
import type { SharedCluster } from "./types.ts";

/** Two fleets may have runs of one id. */
const OF_A = "a:";
const OF_B = "b:";

/** The failures of both fleets grouped together, so that a group means the same in both; none where they fall into no groups. */
export function sharedClusters(
  a: readonly RunFacts[],
  b: readonly RunFacts[],
  seed: number,
): SharedCluster[] {
  const both = [...marked(a, OF_A), ...marked(b, OF_B)];
  const { verdict, clusters } = clusterFailures(both, { seed, resamples: 0 });
  if (verdict === "none") return [];
  return clusters.map(({ name, run_ids }) => ({
    name,
    run_ids_a: unmarked(run_ids, OF_A),
    run_ids_b: unmarked(run_ids, OF_B),
  }));
}

function marked(facts: readonly RunFacts[], mark: string): RunFacts[] {
  return facts.map((one) => ({ ...one, run_id: `${mark}${one.run_id}` }));
}

function unmarked(runIds: readonly string[], mark: string): string[] {
  return runIds.filter((id) => id.startsWith(mark)).map((id) => id.slice(mark.length));
}
