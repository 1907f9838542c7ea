import type { IndexedStep } from "../trajectory/index.ts";

/** Steps of one agent, from where it was started. */
export interface Thread {
  /** `main`, or the sub-agent's name. */
  agent: string;
  /** The step that started it; null = the main agent's, or not recorded. */
  parent_step_id: number | null;
  steps: IndexedStep[];
}

/** The name of the agent that a run is about. */
export const MAIN = "main";

/** A run's steps by agent: the main one first, even where it took no step, the others in the order they began. */
export function threadsOf(steps: readonly IndexedStep[]): [main: Thread, ...others: Thread[]] {
  const main: Thread = { agent: MAIN, parent_step_id: null, steps: [] };
  const threads = new Map<string, Thread>([[keyOf(MAIN, null), main]]);
  for (const step of steps) {
    const parent = parentOf(step);
    const key = keyOf(step.agent, parent);
    const thread = threads.get(key) ?? { agent: step.agent, parent_step_id: parent, steps: [] };
    threads.set(key, thread);
    thread.steps.push(step);
  }
  return [main, ...[...threads.values()].slice(1)];
}

/** A parent that is not earlier is none: threads make a tree. */
function parentOf({ step_id, parent_step_id }: IndexedStep): number | null {
  return parent_step_id !== undefined && parent_step_id < step_id ? parent_step_id : null;
}

function keyOf(agent: string, parent: number | null): string {
  return JSON.stringify([agent, parent]);
}

/** The steps that a model asked for at once: neighbours of one thread that share a parallel group, else each step by itself. */
export function turnsOf(steps: readonly IndexedStep[]): [IndexedStep, ...IndexedStep[]][] {
  const turns: [IndexedStep, ...IndexedStep[]][] = [];
  for (const step of steps) {
    const turn = turns.at(-1);
    const last = turn?.at(-1);
    const isSame = last?.parallel_group !== undefined && last.parallel_group === step.parallel_group;
    const isNext = last?.step_id === step.step_id - 1 && last.agent === step.agent;
    if (turn && isSame && isNext) turn.push(step);
    else turns.push([step]);
  }
  return turns;
}
