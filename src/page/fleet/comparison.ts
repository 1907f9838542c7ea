import type { PageRun } from "./data.ts";
import { groupBy } from "./group-by.ts";

/** A task that both groups ran, and how each ended: shares of its runs with a known outcome that solved it. */
export interface SharedTask {
  task_key: string;
  first: readonly PageRun[];
  second: readonly PageRun[];
  firstShare: number;
  secondShare: number;
}

/** The tasks that both groups ran with a known outcome, by how their runs ended. */
export interface SharedTasks {
  tasks: readonly SharedTask[];
  /** More of the first group's runs solved it, of the second's, or as many. */
  firstBetter: readonly SharedTask[];
  secondBetter: readonly SharedTask[];
  alike: readonly SharedTask[];
}

/** Lays two groups of runs side by side, task by task. A run that is in both counts in both. */
export function sharedTasks(first: readonly PageRun[], second: readonly PageRun[]): SharedTasks {
  const graded = (runs: readonly PageRun[]) =>
    groupBy(
      runs.filter(({ outcome }) => outcome === "solved" || outcome === "failed"),
      ({ task_key }) => task_key,
    );
  const others = graded(second);
  const tasks = [...graded(first)].flatMap(([task_key, runs]) => {
    const matching = others.get(task_key);
    if (!matching) return [];
    return [
      {
        task_key,
        first: runs,
        second: matching,
        firstShare: solvedShare(runs),
        secondShare: solvedShare(matching),
      },
    ];
  });
  return {
    tasks,
    firstBetter: tasks.filter((task) => task.firstShare > task.secondShare),
    secondBetter: tasks.filter((task) => task.firstShare < task.secondShare),
    alike: tasks.filter((task) => task.firstShare === task.secondShare),
  };
}

/** Of the runs of which it can be told, how many show a behaviour. */
export function behaviourCount(
  runs: readonly PageRun[],
  behaviour: string,
): { present: number; judged: number } {
  const present = runs.filter(({ flags }) => flags.some((flag) => flag.behaviour === behaviour)).length;
  return { present, judged: present + runs.filter(({ absent }) => absent.includes(behaviour)).length };
}

function solvedShare(runs: readonly PageRun[]): number {
  return runs.filter(({ outcome }) => outcome === "solved").length / runs.length;
}
