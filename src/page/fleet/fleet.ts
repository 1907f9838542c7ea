import type { FleetPageData, PageCluster, PageRun } from "./data.ts";
import { groupBy } from "./group-by.ts";

/** A group of runs that can be looked at or compared by itself. */
export interface RunGroup {
  key: string;
  by: "agent" | "model" | "both";
  agent: string | null;
  model: string | null;
  title: string;
  runs: readonly PageRun[];
}

/** A page's data with what is asked of it again and again, looked up once. */
export interface Fleet {
  data: FleetPageData;
  run(runId: string): PageRun | null;
  cluster(clusterId: number): PageCluster | null;
  /** The cluster that a run is in. */
  clusterOf(runId: string): PageCluster | null;
  /** Other runs of a run's task. */
  siblings(run: PageRun): readonly PageRun[];
  /** Agents, models and both together, largest groups first. */
  groups: readonly RunGroup[];
  group(key: string): RunGroup | null;
  /** Behaviours that any run shows, or that were judged, by id. */
  behaviours: readonly string[];
  /** Runs that show a behaviour, surest first. */
  showing(behaviour: string): readonly PageRun[];
}

/** Looks up everything once. */
export function fleetOf(data: FleetPageData): Fleet {
  const { runs } = data;
  const byId = new Map(runs.map((run) => [run.run_id, run]));
  const clusters = data.clusters?.clusters ?? [];
  const clusterOfRun = new Map(
    clusters.flatMap((cluster) => cluster.run_ids.map((id) => [id, cluster] as const)),
  );
  const byTask = groupBy(runs, (run) => run.task_key);
  const groups = groupsOf(runs);
  const showing = showingOf(runs);
  const behaviours = new Set([
    ...(data.associations[0]?.rows.map(({ behaviour }) => behaviour) ?? []),
    ...runs
      .flatMap((run) => [...run.flags.map(({ behaviour }) => behaviour), ...run.absent, ...run.unjudged])
      .sort(),
  ]);
  return {
    data,
    run: (id) => byId.get(id) ?? null,
    cluster: (id) => clusters.find(({ cluster_id }) => cluster_id === id) ?? null,
    clusterOf: (id) => clusterOfRun.get(id) ?? null,
    siblings: (run) =>
      run.task_key === null ? [] : (byTask.get(run.task_key) ?? []).filter((one) => one !== run),
    groups,
    group: (key) => groups.find((group) => group.key === key) ?? null,
    behaviours: [...behaviours],
    showing: (behaviour) => showing.get(behaviour) ?? [],
  };
}

/** What a run's flag of a behaviour is sure of, 0 to 1. */
export function confidenceOf(run: PageRun, behaviour: string): number {
  return run.flags.find((flag) => flag.behaviour === behaviour)?.confidence ?? 0;
}

function showingOf(runs: readonly PageRun[]): Map<string, PageRun[]> {
  const found = new Map<string, PageRun[]>();
  for (const run of runs) {
    for (const { behaviour } of run.flags) {
      const list = found.get(behaviour);
      if (list) list.push(run);
      else found.set(behaviour, [run]);
    }
  }
  for (const [behaviour, list] of found)
    list.sort((a, b) => confidenceOf(b, behaviour) - confidenceOf(a, behaviour));
  return found;
}

function groupsOf(runs: readonly PageRun[]): RunGroup[] {
  const shapes: [RunGroup["by"], (run: PageRun) => [string | null, string | null]][] = [
    ["both", ({ agent, model }) => [agent, model]],
    ["agent", ({ agent }) => [agent, null]],
    ["model", ({ model }) => [null, model]],
  ];
  return shapes.flatMap(([by, values]) =>
    [...groupBy(runs, (run) => JSON.stringify(values(run)))]
      .map(([, members]) => toGroup(by, members, values))
      .sort((a, b) => b.runs.length - a.runs.length || (a.key < b.key ? -1 : 1)),
  );
}

function toGroup(
  by: RunGroup["by"],
  runs: readonly PageRun[],
  values: (run: PageRun) => [string | null, string | null],
): RunGroup {
  const [agent, model] = runs[0] ? values(runs[0]) : [null, null];
  const agentTitle = agent ?? "agent not recorded";
  const modelTitle = model ?? "model not recorded";
  const title = { both: `${agentTitle} · ${modelTitle}`, agent: agentTitle, model: modelTitle }[by];
  return { key: `${by}:${JSON.stringify([agent, model])}`, by, agent, model, title, runs };
}
