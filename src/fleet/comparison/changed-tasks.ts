import type { RunFacts } from "../../trajectory/index.ts";
import type { TaskPair } from "./pair-tasks.ts";
import type { ChangedRun, ChangedTask, FleetComparison } from "./types.ts";

/** The tasks that one fleet solves and the other does not, by most of the runs whose outcome is known. Ties take no side. */
export function changedTasks(pairs: readonly TaskPair[]): Pick<FleetComparison, "regressions" | "gains"> {
  const regressions: ChangedTask[] = [];
  const gains: ChangedTask[] = [];
  for (const pair of pairs) {
    const [before, after] = [majority(pair.a), majority(pair.b)];
    if (before === "solved" && after === "failed") regressions.push(changedTask(pair));
    if (before === "failed" && after === "solved") gains.push(changedTask(pair));
  }
  return { regressions, gains };
}

function majority(runs: readonly RunFacts[]): "solved" | "failed" | null {
  const solved = runs.filter(({ outcome }) => outcome.resolved === true).length;
  const failed = runs.filter(({ outcome }) => outcome.resolved === false).length;
  if (solved === failed) return null;
  return solved > failed ? "solved" : "failed";
}

function changedTask({ task_key, a, b }: TaskPair): ChangedTask {
  const task = [...a, ...b].find((facts) => facts.task !== null)?.task ?? null;
  return { task_key, task, a: a.map(changedRun), b: b.map(changedRun) };
}

function changedRun({ run_id, outcome, step_count, score, onset_step_id, failure }: RunFacts): ChangedRun {
  return {
    run_id,
    resolved: outcome.resolved,
    step_count,
    score: score?.value ?? null,
    onset_step_id,
    stage: failure?.stage ?? null,
    reason: failure?.reason ?? null,
  };
}
