import { compareRuns } from "../compare/index.ts";
import { type DpoRow, dpoRow, type PairedRun } from "../fleet/score/training/index.ts";
import type { RunFacts } from "../trajectory/index.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import type { FleetSource, LeftOut } from "./reward-source.ts";

/** Pairs of a solved and a failed run of one task, laid side by side: what each did where they part. Counts in `leftOut` what gives no row. */
export function* preferenceRows(
  source: FleetSource,
  { maxChars, pairs, maxLeftOut }: { maxChars: number; pairs: number; maxLeftOut: number },
  leftOut: LeftOut,
): Generator<DpoRow> {
  for (const { solved, failed } of tasksOf(source.facts, leftOut)) {
    const all = solved.flatMap((good) => failed.map((bad) => [good, bad] as const));
    add(leftOut, "pairs over --pairs", Math.max(0, all.length - pairs));
    for (const [good, bad] of all.slice(0, pairs)) {
      const row = pairRow(source, good, bad, maxChars);
      if (row === null) add(leftOut, "pairs that do not part in what they change", 1);
      else if (Math.max(row.chosen_left_out, row.rejected_left_out) > maxLeftOut)
        add(leftOut, "pairs that part too far on (--max-left-out)", 1);
      else yield row;
    }
  }
}

interface TaskRuns {
  solved: RunFacts[];
  failed: RunFacts[];
}

function tasksOf(all: readonly RunFacts[], leftOut: LeftOut): TaskRuns[] {
  const tasks = new Map<string, TaskRuns>();
  for (const facts of all) {
    const { resolved, infrastructure_failure } = facts.outcome;
    const isJudged = resolved !== null && infrastructure_failure === null && facts.step_count > 0;
    if (!isJudged) add(leftOut, "runs whose outcome is not known or not the agent's", 1);
    else if (facts.task_key === null) add(leftOut, "runs whose task is not recorded", 1);
    else {
      const runs = tasks.get(facts.task_key) ?? { solved: [], failed: [] };
      tasks.set(facts.task_key, runs);
      (resolved ? runs.solved : runs.failed).push(facts);
    }
  }
  const both = [...tasks.values()].filter(({ solved, failed }) => solved.length > 0 && failed.length > 0);
  add(leftOut, "tasks that all runs solved or all failed", tasks.size - both.length);
  return both;
}

function pairRow(source: FleetSource, good: RunFacts, bad: RunFacts, maxChars: number): DpoRow | null {
  const [a, b] = [source.workspace(good.run_id), source.workspace(bad.run_id)];
  const { rows } = compareRuns(a, b);
  return dpoRow(side(a, good.run_id), side(b, bad.run_id), rows, maxChars);
}

function side({ steps, task, diagnosis }: TracedWorkspace, run_id: string): PairedRun {
  return { run: { steps, task: task ?? "" }, run_id, labels: diagnosis.labels };
}

function add(leftOut: LeftOut, reason: string, times: number): void {
  if (times > 0) leftOut.set(reason, (leftOut.get(reason) ?? 0) + times);
}
