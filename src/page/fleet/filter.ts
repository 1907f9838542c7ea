import type { OutcomeWord, PageRun } from "./data.ts";
import { confidenceOf, type Fleet } from "./fleet.ts";

/** What a list of runs is narrowed to; null = anything. */
export interface RunFilter {
  /** Words that must all stand in a run's place, task, agent, model, reasons or summaries, whatever the case. */
  text: string;
  outcome: OutcomeWord | null;
  /** The key of a group. */
  group: string | null;
  behaviour: string | null;
  cluster: number | null;
  stage: string | null;
  /** Scores from the first to below the second; 100 is in the last of them. */
  score: readonly [number, number] | null;
}

/** Lets every run through. */
export const NO_FILTER: RunFilter = {
  text: "",
  outcome: null,
  group: null,
  behaviour: null,
  cluster: null,
  stage: null,
  score: null,
};

/** Columns that runs can be sorted by. */
export const SORT_KEYS = [
  "place",
  "outcome",
  "score",
  "steps",
  "failed",
  "behaviours",
  "cost",
  "agent",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** An order of runs. */
export interface Sort {
  key: SortKey;
  isDescending: boolean;
}

/** As the fleet has them. */
export const NO_SORT: Sort = { key: "place", isDescending: false };

/** Whether anything is filtered at all. */
export function isFiltering(filter: RunFilter): boolean {
  return (Object.keys(NO_FILTER) as (keyof RunFilter)[]).some((key) => filter[key] !== NO_FILTER[key]);
}

/** The runs that a filter lets through, in an order; equal ones as the fleet has them. */
export function matchingRuns(fleet: Fleet, filter: RunFilter, sort: Sort): PageRun[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const members = filter.group === null ? null : new Set(fleet.group(filter.group)?.runs);
  const found = fleet.data.runs.filter(
    (run) =>
      (filter.outcome === null || run.outcome === filter.outcome) &&
      (members === null || members.has(run)) &&
      (filter.behaviour === null || confidenceOf(run, filter.behaviour) > 0) &&
      (filter.cluster === null || fleet.clusterOf(run.run_id)?.cluster_id === filter.cluster) &&
      (filter.stage === null || run.failure?.stage === filter.stage) &&
      (filter.score === null || isWithin(run, filter.score)) &&
      words.every((word) => textOf(run).includes(word)),
  );
  return sorted(found, sort);
}

function isWithin({ score }: PageRun, [from, below]: readonly [number, number]): boolean {
  return score !== null && score.value >= from && (score.value < below || below >= 100);
}

const texts = new WeakMap<PageRun, string>();

function textOf(run: PageRun): string {
  const known = texts.get(run);
  if (known !== undefined) return known;
  const text = [
    run.run_id,
    run.task,
    run.agent,
    run.model,
    run.outcome_words,
    run.failure?.summary,
    run.detail?.summary,
    ...(run.detail?.labels.map(({ reasoning }) => reasoning) ?? []),
    ...run.flags.flatMap(({ behaviour, reason }) => [behaviour, reason]),
  ]
    .filter((part) => part != null)
    .join("\n")
    .toLowerCase();
  texts.set(run, text);
  return text;
}

const OUTCOME_RANK = { solved: 0, unknown: 1, harness: 2, failed: 3 };

/** null comes last in either direction. */
const VALUES: Readonly<Record<SortKey, (run: PageRun) => number | string | null>> = {
  place: () => 0,
  outcome: ({ outcome }) => OUTCOME_RANK[outcome],
  score: ({ score }) => score?.value ?? null,
  steps: ({ step_count }) => step_count,
  failed: ({ failed_step_count }) => failed_step_count,
  behaviours: ({ flags }) => flags.length,
  cost: ({ cost_usd }) => cost_usd,
  agent: ({ agent, model }) => (agent === null && model === null ? null : `${agent ?? ""}\n${model ?? ""}`),
};

function sorted(runs: PageRun[], { key, isDescending }: Sort): PageRun[] {
  if (key === "place") return isDescending ? runs.reverse() : runs;
  const sortedBy = VALUES[key];
  return runs.sort((a, b) => {
    const [left, right] = [sortedBy(a), sortedBy(b)];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right === isDescending ? 1 : -1;
  });
}
