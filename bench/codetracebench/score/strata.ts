import type { Row } from "../types.ts";
import { type ScoreKey, STRATUM_SCORES } from "./definitions.ts";
import { evaluate, type Scope, scopeOf } from "./evaluate.ts";
import { classOf } from "./gold.ts";
import { groupBy } from "./group-by.ts";
import type { MethodRun } from "./method-runs.ts";
import type { RowClass, Score, Stratum, StratumDimension, StratumMethod } from "./report-types.ts";

const BANDS = [
  { label: "≤25", upTo: 25 },
  { label: "26–50", upTo: 50 },
  { label: "51–100", upTo: 100 },
] as const;
const LONGEST = ">100";
/** Every band, short runs first. */
export const BAND_LABELS: readonly string[] = [...BANDS.map((band) => band.label), LONGEST];
const UNPUBLISHED = "(not published)";

const DIMENSIONS: Readonly<Record<StratumDimension, (row: Row) => string>> = {
  agent: (row) => row.agent,
  model: (row) => row.model,
  category: (row) => row.category ?? UNPUBLISHED,
  step_count: (row) => stepBand(row.step_count),
};

/** The band of a number of steps: ≤25, 26–50, 51–100, >100. */
export function stepBand(steps: number): string {
  return BANDS.find((band) => steps <= band.upTo)?.label ?? LONGEST;
}

/** Every method in every group of rows that share an agent, a model, a category or a band of lengths. */
export function strataOf(
  rows: readonly Row[],
  runs: readonly MethodRun[],
  resamples: number,
  seed: number,
): Stratum[] {
  return (Object.keys(DIMENSIONS) as StratumDimension[]).flatMap((dimension) =>
    groupsOf(rows, dimension).map(([value, members]) => {
      const scope = scopeOf(members, (row) => rows[row]?.task_name ?? "", resamples, seed);
      return {
        dimension,
        value,
        ...countsOf(rows, members),
        methods: runs.map((run) => inScope(run, scope)),
      };
    }),
  );
}

function groupsOf(rows: readonly Row[], dimension: StratumDimension): [string, number[]][] {
  const groupOf = DIMENSIONS[dimension];
  const groups = groupBy([...rows.entries()], ([, row]) => groupOf(row));
  const order = dimension === "step_count" ? BAND_LABELS : [...groups.keys()].sort();
  return order.flatMap((value) => {
    const members = groups.get(value)?.map(([index]) => index);
    return members === undefined ? [] : [[value, members] as [string, number[]]];
  });
}

function countsOf(rows: readonly Row[], members: readonly number[]) {
  const count = (wanted: RowClass) =>
    members.filter((index) => {
      const row = rows[index];
      return row !== undefined && classOf(row) === wanted;
    }).length;
  return {
    rows: members.length,
    positive: count("positive"),
    solved_empty: count("solved_empty"),
    unlabelled: count("unlabelled"),
  };
}

function inScope(run: MethodRun, scope: Scope): StratumMethod {
  const scores: Partial<Record<ScoreKey, Score>> = {};
  for (const key of STRATUM_SCORES) scores[key] = evaluate(run.scores[key], scope);
  return { method: run.method, scores };
}
