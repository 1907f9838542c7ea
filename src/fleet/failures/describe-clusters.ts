import type { FailedFacts } from "./cluster-failures.ts";
import type { Grouping } from "./clustering/choose-cut.ts";
import { mean } from "./clustering/silhouette.ts";
import { bucketOf, type TimeBuckets } from "./clustering/time-buckets.ts";
import { countBy } from "./counts.ts";
import { clusterName, uniqueNames } from "./naming/cluster-name.ts";
import { distinctiveClauses, distinctiveTerms } from "./naming/distinctive-terms.ts";
import type { Cluster } from "./types.ts";
import { dot, unit, type Vectors } from "./vectors/vectors.ts";

const EXEMPLARS = 3;

/** What describing needs besides the runs and their clusters. */
export interface Description {
  vectors: Vectors;
  /** null = no run records when it began. */
  buckets: TimeBuckets | null;
  /** Of the runs that were looked at; null = there is only one cluster. */
  silhouettes: ReadonlyMap<number, number> | null;
}

/** The clusters in the order of their numbers, named by terms. */
export function describeClusters(
  failed: readonly FailedFacts[],
  grouping: Grouping,
  description: Description,
): Cluster[] {
  const members: number[][] = [];
  for (const [item, group] of grouping.entries())
    if (group !== null) members[group] = [...(members[group] ?? []), item];
  const summaries = members.map((items) => items.map((item) => failed[item]?.failure.summary ?? ""));
  const terms = distinctiveTerms(summaries);
  const clauses = distinctiveClauses(summaries);
  const names = uniqueNames(
    members.map((_, group) =>
      members.length === 1
        ? "all failed runs"
        : clusterName(clauses[group] ?? [], terms[group] ?? [], `cluster ${group + 1}`),
    ),
  );
  return members.map((items, group) =>
    described(
      items.flatMap((item) => (failed[item] === undefined ? [] : [{ item, facts: failed[item] }])),
      { number: group + 1, terms: terms[group] ?? [], name: names[group] ?? `cluster ${group + 1}` },
      description,
    ),
  );
}

interface Member {
  item: number;
  facts: FailedFacts;
}

function described(
  members: readonly Member[],
  { number, terms, name }: { number: number; terms: string[]; name: string },
  { vectors, buckets, silhouettes }: Description,
): Cluster {
  const known = members.flatMap(({ item }) => silhouettes?.get(item) ?? []);
  const dates = members.map(({ facts }) => (buckets === null ? null : bucketOf(facts.started_at, buckets)));
  return {
    cluster_id: number,
    name,
    named_by: "terms",
    terms,
    size: members.length,
    silhouette: known.length === 0 ? null : mean(known),
    run_ids: members.map(({ facts }) => facts.run_id),
    exemplar_run_ids: exemplars(members, vectors),
    stages: countBy(members.map(({ facts }) => facts.failure.stage)),
    agents: countBy(members.map(({ facts }) => facts.agent)),
    models: countBy(members.map(({ facts }) => facts.model)),
    tasks: countBy(members.map(({ facts }) => facts.task_key)),
    over_time: (buckets?.starts ?? []).map((from) => ({
      from,
      runs: dates.filter((date) => date === from).length,
    })),
    undated_runs: dates.filter((date) => date === null).length,
  };
}

/** The runs with the least mean cosine distance to all of the cluster: with unit vectors, those nearest to their mean. Each task once while there are others. */
function exemplars(members: readonly Member[], { rows, dimensions }: Vectors): string[] {
  const centre = new Float64Array(dimensions);
  for (const { item } of members)
    for (const [at, value] of (rows[item] ?? new Float64Array(0)).entries())
      centre[at] = (centre[at] ?? 0) + value;
  const direction = unit(centre);
  const ranked = members
    .map((member) => ({ ...member, nearness: dot(rows[member.item] ?? new Float64Array(0), direction) }))
    .sort((a, b) => b.nearness - a.nearness || a.item - b.item);
  const tasks = new Set<string>();
  const others = ranked.filter(({ facts }) => {
    const isNew = facts.task_key === null || !tasks.has(facts.task_key);
    if (facts.task_key !== null) tasks.add(facts.task_key);
    return isNew;
  });
  const rest = ranked.filter((one) => !others.includes(one));
  return [...others, ...rest].slice(0, EXEMPLARS).map(({ facts }) => facts.run_id);
}
