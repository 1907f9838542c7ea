import type { BehaviourFlag } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { BEHAVIOURS } from "./behaviours.ts";
import { judge } from "./judge.ts";
import { readRun } from "./run-read.ts";

/** Every built-in behaviour by id, and whether a run is the better (`good`) or the worse (`bad`) for it. */
export const POLARITIES: ReadonlyMap<string, "good" | "bad"> = new Map(
  BEHAVIOURS.map(({ id, polarity }) => [id, polarity]),
);

/** Every built-in behaviour judged by rules, in the order of their ids. Deterministic. How the run was graded is not looked at. */
export function judgeBehaviours(workspace: TracedWorkspace): BehaviourFlag[] {
  const run = readRun(workspace);
  return BEHAVIOURS.map((behaviour) => judge(behaviour, run));
}
