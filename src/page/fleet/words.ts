import { plainLine } from "../shared/plain-text.ts";
import type { PageRun } from "./data.ts";

/** `retry-loop` as `retry loop`. */
export function behaviourWords(behaviour: string): string {
  return plainLine(behaviour).replaceAll("-", " ");
}

/** The end of a run's id, which mostly tells it from others, with the folder it is in. */
export function shortId(runId: string): string {
  const parts = plainLine(runId)
    .split("/")
    .filter((part) => part !== "");
  return parts.slice(-2).join("/") || plainLine(runId);
}

/** What a run is called in a list: its task, else its place. */
export function runTitle({ task, run_id }: Pick<PageRun, "task" | "run_id">): string {
  return task === null || task.trim() === "" ? shortId(run_id) : plainLine(task);
}

/** Who acted. */
export function agentTitle({ agent, model }: Pick<PageRun, "agent" | "model">): string {
  return `${agent === null ? "agent not recorded" : plainLine(agent)} · ${model === null ? "model not recorded" : plainLine(model)}`;
}
