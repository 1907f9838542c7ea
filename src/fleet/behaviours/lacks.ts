import type { IndexedStep } from "../../trajectory/index.ts";
import type { RunRead } from "./run-read.ts";
import { changed } from "./trace-face.ts";

/** The first of these sentences that is not null: what the record lacks. */
export function firstLack(...lacks: readonly (string | null)[]): string | null {
  return lacks.find((one) => one !== null) ?? null;
}

/** The run is too short for the behaviour to show. */
export function fewerSteps(run: RunRead, min: number): string | null {
  return run.steps.length < min ? `The run has fewer than ${min} steps, too few for this to show.` : null;
}

/** Nothing that the agent thought or said stands in the record. */
export function noThinking(run: RunRead): string | null {
  return run.steps.some((step) => step.thinking !== undefined && step.thinking.trim() !== "")
    ? null
    : "No thinking or prose of the agent was recorded.";
}

/** No step changed anything. */
export function noChange(run: RunRead): string | null {
  return run.steps.some((step) => changed(step)) ? null : "The agent changed nothing.";
}

/** Most model turns have no observation. Terminal agents record one for all commands of a turn. */
export function unseen(run: RunRead, steps: readonly IndexedStep[] = run.steps): string | null {
  const turns = new Map<number, boolean>();
  for (const { step_id, parallel_group, observation } of steps) {
    const turn = parallel_group ?? -step_id;
    turns.set(turn, turns.get(turn) === true || observation !== null);
  }
  const seen = [...turns.values()].filter((isSeen) => isSeen).length;
  return seen * 2 < turns.size ? "What most of the steps returned was not recorded." : null;
}

/** What was asked is not known. */
export function noTask(run: RunRead): string | null {
  return run.task === null || run.task.trim() === "" ? "What the agent was asked is not recorded." : null;
}

/** The run's end is not the agent's. */
export function broken(run: RunRead): string | null {
  return run.isBroken ? "The harness broke the run: its end says nothing about the agent." : null;
}
