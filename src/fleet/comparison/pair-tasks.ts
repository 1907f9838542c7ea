import type { RunFacts } from "../../trajectory/index.ts";

/** The runs of one task in either fleet; neither is empty, and no harness broke them. */
export interface TaskPair {
  task_key: string;
  a: readonly RunFacts[];
  b: readonly RunFacts[];
}

/** The harness, not the agent, broke a run: it says nothing about the agent. */
export function isBroken({ outcome, verdict }: RunFacts): boolean {
  return outcome.infrastructure_failure !== null || verdict === "infrastructure_failure";
}

/** The tasks that both fleets have runs of, by key ascending. */
export function pairTasks(a: readonly RunFacts[], b: readonly RunFacts[]): TaskPair[] {
  const [ofA, ofB] = [byTask(a), byTask(b)];
  return [...ofA]
    .flatMap(([task_key, runs]) => {
      const others = ofB.get(task_key);
      return others ? [{ task_key, a: runs, b: others }] : [];
    })
    .sort((one, other) => (one.task_key < other.task_key ? -1 : 1));
}

/** Runs by the task they are of, without those whose task is not recorded or that their harness broke; each task's runs by id. */
export function byTask(all: readonly RunFacts[]): Map<string, RunFacts[]> {
  const tasks = new Map<string, RunFacts[]>();
  const sorted = [...all].sort((one, other) => (one.run_id < other.run_id ? -1 : 1));
  for (const facts of sorted) {
    if (facts.task_key === null || isBroken(facts)) continue;
    const runs = tasks.get(facts.task_key) ?? [];
    tasks.set(facts.task_key, runs);
    runs.push(facts);
  }
  return tasks;
}
