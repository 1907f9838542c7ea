import type {
  FleetPageData,
  PageAssociationTable,
  PageClusters,
  PageRun,
  PageUnreadable,
} from "../../page/fleet/data.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import { cut, type FleetRunDetail } from "./fleet-detail.ts";
import { type DraftRun, fitRuns } from "./fleet-fit.ts";
import { pageRun } from "./fleet-run.ts";

/** Runs that could not be read and are listed one by one. */
const MOST_UNREADABLE = 500;
const MESSAGE_CHARS = 400;

/** What a fleet's page is made from. */
export interface FleetPageInput {
  name: string;
  codetracer_version: string;
  diagnosed_by: string;
  /** `detail` null = the run's workspace could not be read. */
  runs: readonly { facts: RunFacts; detail: FleetRunDetail | null }[];
  unreadable: readonly PageUnreadable[];
  associations: readonly PageAssociationTable[];
  clusters: PageClusters | null;
  warnings: readonly string[];
  /** About how large the runs on the page may be, in characters. */
  most_chars?: number;
}

/** What the page of a fleet is filled with. Pure: the same fleet gives the same page. */
export function fleetPageData(input: FleetPageInput): FleetPageData {
  const drafts = input.runs.map(({ facts, detail }): DraftRun => ({ ...pageRun(facts), detail }));
  const { runs, leftOut } = fitRuns(drafts, input.most_chars);
  const names = new NameTable();
  const listed = input.unreadable.slice(0, MOST_UNREADABLE);
  const missing = input.unreadable.length - listed.length;
  return {
    name: input.name,
    codetracer_version: input.codetracer_version,
    diagnosed_by: input.diagnosed_by,
    run_count: input.runs.length,
    runs: runs.map((run) => withNameIds(run, names)),
    names: names.all,
    unreadable: listed.map((one) => ({ ...one, message: cut(one.message, MESSAGE_CHARS) })),
    unreadable_count: input.unreadable.length,
    associations: input.associations.filter(isTelling).map(pageTable),
    clusters: input.clusters === null ? null : pageClusters(input.clusters),
    left_out: missing === 0 ? leftOut : [...leftOut, `${missing} of the runs that could not be read`],
    warnings: input.warnings,
  };
}

/** Texts, each once, by their places. */
class NameTable {
  readonly all: string[] = [];
  private readonly places = new Map<string, number>();

  placeOf(name: string): number {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    this.places.set(name, this.all.length);
    return this.all.push(name) - 1;
  }
}

function withNameIds({ detail, ...run }: DraftRun, names: NameTable): PageRun {
  if (detail === null) return { ...run, detail };
  const { names: texts, ...kept } = detail;
  const name_ids = texts === null ? null : texts.map((text) => names.placeOf(text));
  return { ...run, detail: { ...kept, name_ids } };
}

/** Of single agents and models, those of which anything can be said. */
function isTelling({ by, rows }: PageAssociationTable): boolean {
  return by === "all" || rows.some(({ is_shown }) => is_shown);
}

/** Only what the page shows: what is handed in may hold more. */
function pageTable({ by, value, rows, notes }: PageAssociationTable): PageAssociationTable {
  return {
    by,
    value,
    notes,
    rows: rows.map((row) => ({
      behaviour: row.behaviour,
      polarity: row.polarity,
      failed: row.failed,
      solved: row.solved,
      abstained: row.abstained,
      risk_ratio: row.risk_ratio,
      interval: row.interval,
      is_corrected: row.is_corrected,
      is_shown: row.is_shown,
      p: row.p,
      p_corrected: row.p_corrected,
    })),
  };
}

/** The same. */
function pageClusters({ verdict, note, clusters, ungrouped_run_ids }: PageClusters): PageClusters {
  return {
    verdict,
    note,
    ungrouped_run_ids,
    clusters: clusters.map((cluster) => ({
      cluster_id: cluster.cluster_id,
      name: cluster.name,
      named_by: cluster.named_by,
      terms: cluster.terms,
      size: cluster.size,
      silhouette: cluster.silhouette,
      run_ids: cluster.run_ids,
      exemplar_run_ids: cluster.exemplar_run_ids,
      stages: cluster.stages,
      agents: cluster.agents,
      models: cluster.models,
      over_time: cluster.over_time,
      undated_runs: cluster.undated_runs,
    })),
  };
}
