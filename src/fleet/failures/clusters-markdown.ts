import { markdownCode, markdownText } from "../../report/markdown-text.ts";
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

/** The clusters as Markdown. `facts` are the fleet's, for what exemplars say; a run that is not among them is only named. */
export function clustersMarkdown(clusters: FailureClusters, facts: readonly RunFacts[]): string {
  const known = new Map(facts.map((one) => [one.run_id, one]));
  const agreement = agreementWords(clusters);
  const lines = [
    "## Failure clusters",
    "",
    `${plural(clusters.failed_runs, "failed run")}: ${markdownText(clusters.note)}.`,
    "",
    ...(clusters.failed_runs === 0
      ? []
      : [
          `- Stages: ${stageWords(clusters)}`,
          `- Vectors: ${markdownText(clusters.vectors)}; ${clusters.method}`,
          ...(clusters.curve.length === 0 ? [] : [`- Choice: ${curveWords(clusters)}`]),
          ...(clusters.stability === null ? [] : [`- Stability: ${stabilityWords(clusters.stability)}`]),
          ...(agreement === null ? [] : [`- Agreement: ${agreement}`]),
          `- Time: ${timeWords(clusters)}`,
          "",
          "| | cluster | runs | tasks | silhouette | stages | models |",
          "|---:|---|---:|---:|---:|---|---|",
          ...clusters.clusters.map(tableRow),
          "",
          ...clusters.clusters.flatMap((cluster) => section(cluster, known, clusters)),
          ...leftOver(clusters.ungrouped_run_ids),
        ]),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function tableRow(cluster: Cluster): string {
  const cells = [
    String(cluster.cluster_id),
    markdownText(cluster.name),
    String(cluster.size),
    String(cluster.tasks.length),
    cluster.silhouette?.toFixed(2) ?? "",
    markdownText(countWords(cluster.stages)),
    markdownText(countWords(cluster.models)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function section(
  cluster: Cluster,
  known: ReadonlyMap<string, RunFacts>,
  { time }: FailureClusters,
): string[] {
  const others = cluster.run_ids.filter((id) => !cluster.exemplar_run_ids.includes(id));
  const dates = cluster.over_time.filter(({ runs }) => runs > 0).map(({ from, runs }) => `${from}: ${runs}`);
  return [
    `### ${cluster.cluster_id}. ${markdownText(cluster.name)}`,
    "",
    ...(cluster.terms.length === 0 ? [] : [`Terms: ${cluster.terms.map(markdownCode).join(", ")}`, ""]),
    ...cluster.exemplar_run_ids.flatMap((id) => exemplar(id, known.get(id))),
    ...others.map((id) => `- ${markdownCode(id)}`),
    ...(time === null
      ? []
      : [
          "",
          `Began, by ${time.bucket}: ${[...dates, ...(cluster.undated_runs > 0 ? [`not recorded: ${cluster.undated_runs}`] : [])].join(", ")}`,
        ]),
    "",
  ];
}

function exemplar(id: string, facts: RunFacts | undefined): string[] {
  const failure = facts?.failure;
  if (!failure) return [`- **${markdownCode(id)}**`];
  const [evidence] = failure.evidence;
  const quote = evidence === undefined ? "" : ` — step ${evidence.step_id}: ${markdownCode(evidence.quote)}`;
  return [`- **${markdownCode(id)}** ${failure.stage}: ${markdownText(failure.reason)}${quote}`];
}

function leftOver(ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  return [`### In no cluster: ${plural(ids.length, "run")}`, "", ...ids.map((id) => `- ${markdownCode(id)}`)];
}
