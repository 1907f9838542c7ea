import type { IndexedStep } from "../../trajectory/step.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { squash } from "./squash.ts";

/** What the agent had before it when it made its mistake. */
export interface Seen {
  /** Its letters and digits. */
  squashed: string;
  /** Whether a line stood there, but for white space. */
  hasLine(line: string): boolean;
}

/**
 * The task, everything of the steps before the onset, and what the agent itself thought and did at it: it wrote that knowing no more. null as onset: all
 * steps.
 */
export function seenBefore(
  { steps, task }: Pick<TracedWorkspace, "steps" | "task">,
  onset: number | null,
): Seen {
  const before = steps.filter(({ step_id }) => onset === null || step_id <= onset);
  const texts = [task ?? "", ...before.flatMap((step) => textsOf(step, step.step_id === onset))];
  const all = texts.join("\n");
  const spaced = oneSpaced(all);
  return { squashed: squash(all), hasLine: (line) => spaced.includes(oneSpaced(line)) };
}

/** A text with single spaces for white space of any length. */
export function oneSpaced(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function textsOf({ action, thinking = "", observation }: IndexedStep, isOnset: boolean): string[] {
  return isOnset ? [thinking, action] : [thinking, action, observation ?? ""];
}
