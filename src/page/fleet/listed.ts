import type { PageRun } from "./data.ts";
import { matchingRuns } from "./filter.ts";
import { confidenceOf, type Fleet } from "./fleet.ts";
import type { State } from "./state.ts";

/** The runs of the list that a state shows. */
export function listedRuns(fleet: Fleet, state: State): readonly PageRun[] {
  if (state.view === "behaviours")
    return state.behaviour === null ? [] : shownIn(fleet, state.behaviour, state.table);
  if (state.view === "failures") return state.cluster === null ? [] : membersOf(fleet, state.cluster);
  return matchingRuns(fleet, state.filter, state.sort);
}

/** Runs of a cluster, the exemplars first. */
export function membersOf(fleet: Fleet, clusterId: number): PageRun[] {
  const cluster = fleet.cluster(clusterId);
  const ids = new Set([...(cluster?.exemplar_run_ids ?? []), ...(cluster?.run_ids ?? [])]);
  return [...ids].flatMap((id) => fleet.run(id) ?? []);
}

/** Runs of a table's group that show a behaviour: failed ones first, surest first. */
function shownIn(fleet: Fleet, behaviour: string, table: number): PageRun[] {
  const { by, value } = fleet.data.associations[table] ?? { by: "all", value: null };
  const rank = { failed: 0, solved: 1, unknown: 2, harness: 3 };
  return fleet
    .showing(behaviour)
    .filter((run) => by === "all" || run[by] === value)
    .sort(
      (a, b) => rank[a.outcome] - rank[b.outcome] || confidenceOf(b, behaviour) - confidenceOf(a, behaviour),
    );
}
