import { Page, type RenderOptions } from "../../report/page.ts";
import { plural } from "../../report/words.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import {
  agreementWords,
  countWords,
  curveWords,
  stabilityWords,
  stageWords,
  timeWords,
} from "./cluster-words.ts";
import type { Cluster, FailureClusters } from "./types.ts";

const QUOTES = 1;

/** The clusters for a terminal. `facts` are the fleet's, for what exemplars say; a run that is not among them is only named. */
export function renderClusters(
  clusters: FailureClusters,
  facts: readonly RunFacts[],
  options: RenderOptions,
): string {
  const page = new Page(options);
  const known = new Map(facts.map((one) => [one.run_id, one]));
  page.paragraph(`${plural(clusters.failed_runs, "failed run")}: ${clusters.note}`);
  if (clusters.failed_runs === 0) return page.toString();
  page.gap();
  page.field("stages", stageWords(clusters));
  page.field(
    "vectors",
    `${clusters.vectors}, ${plural(clusters.dimensions, "dimension")}; ${clusters.method}`,
  );
  if (clusters.curve.length > 0) page.field("choice", curveWords(clusters));
  if (clusters.stability !== null) page.field("stability", stabilityWords(clusters.stability));
  const agreement = agreementWords(clusters);
  if (agreement !== null) page.field("agreement", agreement);
  page.field("time", timeWords(clusters));
  for (const cluster of clusters.clusters) renderCluster(page, cluster, known);
  const left = clusters.ungrouped_run_ids;
  if (left.length > 0) {
    page.heading(`In no cluster: ${plural(left.length, "run")}`);
    page.paragraph("Too unlike the others; counted as 0 in the silhouette.", 2, page.colors.dim);
    for (const id of left) page.line(id, 2);
  }
  return page.toString();
}

function renderCluster(page: Page, cluster: Cluster, known: ReadonlyMap<string, RunFacts>): void {
  const silhouette = cluster.silhouette === null ? "" : `, silhouette ${cluster.silhouette.toFixed(2)}`;
  page.heading(`${cluster.cluster_id}. ${cluster.name}`);
  page.field(
    "size",
    `${plural(cluster.size, "run")} of ${plural(cluster.tasks.length, "task")}${silhouette}`,
  );
  if (cluster.terms.length > 0) page.field("terms", cluster.terms.join(", "));
  page.field("stages", countWords(cluster.stages));
  page.field("agents", countWords(cluster.agents));
  page.field("models", countWords(cluster.models));
  for (const id of cluster.exemplar_run_ids) {
    page.line(id, 2, page.colors.cyan);
    const failure = known.get(id)?.failure;
    if (!failure) continue;
    page.paragraph(`${failure.stage}: ${failure.reason}`, 4);
    for (const { step_id, where, quote } of failure.evidence.slice(0, QUOTES))
      page.quote(`step ${step_id}, ${where}`, quote, 4);
  }
  const others = cluster.run_ids.filter((id) => !cluster.exemplar_run_ids.includes(id));
  for (const id of others) page.line(id, 2, page.colors.dim);
}
