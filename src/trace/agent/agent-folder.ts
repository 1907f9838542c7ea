import fs from "node:fs";
import path from "node:path";
import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { compactViews } from "../views/compact-view.ts";
import { fullViews } from "../views/full-view.ts";
import { laterViews } from "../views/later-view.ts";
import { cutMiddle } from "../views/plain-text.ts";

/** Characters of each text of a step in the agent's `steps.json`; more is cut out of the middle. */
export const FIELD_CHARS = 64_000;

/** What the investigator gets to see of a run: nothing of labels, and of the outcome only what its prompt says. */
export interface AgentFolderInput {
  /** What the agent was asked; null = not recorded. */
  task: string | null;
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  tree: string;
  /** As text for the model. */
  leads: string;
  nonce: string;
}

/**
 * Writes the folder that an investigator's shell shows as `/run`: `steps.json` (one step a line; line n+1 is step n), `stage_ranges.json`, `tree.md`,
 * `task.md`, `leads.md`, and `views/`, from which the commands of `agentTools` print. The folder is made where it is missing and should be empty.
 */
export function writeAgentFolder(folder: string, input: AgentFolderInput): void {
  const { steps, stages, nonce } = input;
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
  for (const name of ["compact", "full", "later"])
    fs.mkdirSync(path.join(folder, "views", name), { recursive: true });
  write("steps.json", jsonLines(steps.map(shownStep)));
  write("stage_ranges.json", jsonLines(stages));
  write("tree.md", withNewline(input.tree));
  write("task.md", withNewline(input.task ?? "(not recorded)"));
  write("leads.md", withNewline(input.leads));
  const compact = compactViews(steps, nonce);
  const full = fullViews(steps, nonce);
  const later = laterViews(steps);
  const sizes = steps.map((step, index) => {
    const id = step.step_id;
    const views = {
      compact: compact[index] ?? "",
      full: full[index] ?? "",
      later: later[index] ?? "",
    };
    for (const [name, text] of Object.entries(views)) write(`views/${name}/${id}.txt`, text);
    return `${id} ${views.compact.length} ${views.full.length}\n`;
  });
  write("views/sizes.txt", sizes.join(""));
  write(
    "views/stages.txt",
    stages.map((stage) => `${stage.stage_id} ${stage.start_step_id} ${stage.end_step_id}\n`).join(""),
  );
}

/** A step without its places in the raw files, which the investigator has not got. */
function shownStep(step: IndexedStep): Partial<IndexedStep> {
  const { action_ref, observation_ref, tool_call_id, arguments: _, tokens, cost_usd, ...rest } = step;
  return {
    ...rest,
    action: cutMiddle(step.action, FIELD_CHARS),
    observation: step.observation === null ? null : cutMiddle(step.observation, FIELD_CHARS),
    ...(step.thinking === undefined ? {} : { thinking: cutMiddle(step.thinking, FIELD_CHARS) }),
  };
}

function jsonLines(elements: readonly unknown[]): string {
  if (elements.length === 0) return "[]\n";
  return `[\n${elements.map((element) => JSON.stringify(element)).join(",\n")}\n]\n`;
}

function withNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
