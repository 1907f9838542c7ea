import { fisherExact } from "../../stats/fisher.ts";
import { holm } from "../../stats/holm.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import { POLARITIES } from "../behaviours/index.ts";
import type { Association, AssociationTable, GroupBy } from "./association.ts";
import { notesOf } from "./notes.ts";
import { riskRatio, type Share } from "./risk-ratio.ts";

/** Below this many judged runs on either side a share says nothing. */
const RUNS_MIN = 5;

/**
 * How behaviours go with failure: their rates in failed and in solved runs, the ratio of the two with its interval, and Fisher's exact test with Holm's
 * correction over all tests of the call. One table a group, the largest first. Runs whose outcome is not known or that the harness broke are left out,
 * and so are flags that abstain, which are counted. Pure; the order of the runs decides nothing.
 */
export function associate(facts: readonly RunFacts[], { by }: { by: GroupBy }): AssociationTable[] {
  const tables = groups(facts, by).map(([value, runs]) => {
    const counted = runs.filter((run) => isCounted(run));
    return { by, value, runs, counted, rows: rowsOf(counted) };
  });
  correct(tables.flatMap(({ rows }) => rows));
  return tables.map(({ value, runs, counted, rows }) => ({
    by,
    value,
    rows,
    notes: notesOf({ runs, counted, rows, runs_min: RUNS_MIN }),
  }));
}

/** The outcome is known and is the agent's. */
function isCounted({ outcome }: RunFacts): boolean {
  return outcome.resolved !== null && outcome.infrastructure_failure === null;
}

function groups(facts: readonly RunFacts[], by: GroupBy): [string | null, RunFacts[]][] {
  const found = new Map<string | null, RunFacts[]>();
  for (const run of facts) {
    const value = by === "all" ? null : run[by];
    const group = found.get(value);
    if (group) group.push(run);
    else found.set(value, [run]);
  }
  return [...found].sort(
    ([a, runs], [b, others]) => others.length - runs.length || ((a ?? "\uffff") < (b ?? "\uffff") ? -1 : 1),
  );
}

function rowsOf(runs: readonly RunFacts[]): Association[] {
  const behaviours = new Set(runs.flatMap(({ flags }) => flags.map(({ behaviour }) => behaviour)));
  return [...behaviours].sort().map((behaviour) => rowOf(behaviour, runs));
}

function rowOf(behaviour: string, runs: readonly RunFacts[]): Association {
  const verdicts = runs.flatMap((run) => {
    const flag = run.flags.find((one) => one.behaviour === behaviour);
    return flag ? [{ run, present: flag.present }] : [];
  });
  const judged = verdicts.filter(({ present }) => present !== null);
  const share = (resolved: boolean): Share => {
    const side = judged.filter(({ run }) => run.outcome.resolved === resolved);
    return { present: side.filter(({ present }) => present === true).length, judged: side.length };
  };
  const [failed, solved] = [share(false), share(true)];
  const ratio = riskRatio(failed, solved);
  const isShown = failed.judged >= RUNS_MIN && solved.judged >= RUNS_MIN;
  return {
    behaviour,
    polarity: POLARITIES.get(behaviour) ?? null,
    failed,
    solved,
    abstained: verdicts.length - judged.length,
    task_count: new Set(judged.flatMap(({ run }) => (run.task_key === null ? [] : [run.task_key]))).size,
    risk_ratio: ratio?.ratio ?? null,
    interval: ratio && { low: ratio.low, high: ratio.high },
    is_corrected: ratio?.is_corrected ?? false,
    p: isShown && ratio !== null ? fisher(failed, solved) : null,
    p_corrected: null,
    is_shown: isShown,
  };
}

function fisher(failed: Share, solved: Share): number {
  return fisherExact(
    failed.present,
    failed.judged - failed.present,
    solved.present,
    solved.judged - solved.present,
  );
}

/** Sets the corrected p of every row that was tested. */
function correct(rows: readonly Association[]): void {
  const tested = rows.filter(({ p }) => p !== null);
  const adjusted = holm(tested.map(({ p }) => p ?? 1));
  for (const [index, row] of tested.entries()) row.p_corrected = adjusted[index] ?? null;
}
