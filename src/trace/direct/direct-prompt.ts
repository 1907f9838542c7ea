import { answered } from "../../agent/index.ts";
import type { ChatMessage } from "../../model/model.ts";
import { prompt } from "../../util/prompt.ts";
import { fenced, fenceMark } from "../fence.ts";
import { cutMiddle } from "../views/plain-text.ts";
import type { RunPart } from "./parts.ts";
import type { DirectInput } from "./ports.ts";

/** Every template of a session: their digest stands in the diagnosis. */
export const DIRECT_PROMPTS = ["direct/system", "direct/run", "direct/chunk", "direct/again"] as const;

const TASK_CHARS = 6_000;

/** What a prompt shows of a run. */
export interface ShownPart {
  part: RunPart;
  /** All parts of the run, this one among them. */
  parts: readonly RunPart[];
  /** What the parts before it came to; empty for the first. */
  before: string;
  /** The texts of its steps, in step order. */
  steps: readonly string[];
}

/** The prompt over a run, or over a part of it. Whatever was recorded stands between marks with the nonce. */
export function runPrompt(input: DirectInput, nonce: string, shown: ShownPart): ChatMessage[] {
  const run = prompt("direct/run", {
    outcome: input.outcome,
    step_count: input.steps.length,
    stage_count: input.stages.length,
    task: input.task === null ? "(not recorded)" : fenced(cutMiddle(input.task.trim(), TASK_CHARS), nonce),
    steps: fenced(stepsText(shown), nonce),
    chunk: shown.parts.length === 1 ? "" : chunkText(input, nonce, shown),
  });
  return [
    { role: "system", text: prompt("direct/system", { fence: fenceMark(nonce) }) },
    { role: "user", text: run },
  ];
}

/** The same prompt after a report that was not taken. */
export function againPrompt(
  messages: readonly ChatMessage[],
  reply: string,
  problems: readonly string[],
): ChatMessage[] {
  const again = prompt("direct/again", { problems: problems.map((problem) => `- ${problem}`).join("\n") });
  return answered(messages, reply, again);
}

/** The steps under a line for each stage, since a report weighs stages by their ids. */
function stepsText({ part, steps }: ShownPart): string {
  return part.stages
    .flatMap((stage) => {
      const first = Math.max(stage.start_step_id, part.first_step_id) - part.first_step_id;
      const end = Math.min(stage.end_step_id, part.last_step_id) - part.first_step_id + 1;
      const range = `steps ${stage.start_step_id}-${stage.end_step_id}`;
      return [`=== stage ${stage.stage_id}, ${range}: ${stage.stage}`, ...steps.slice(first, end)];
    })
    .join("\n");
}

function chunkText(input: DirectInput, nonce: string, { part, parts, before }: ShownPart): string {
  return prompt("direct/chunk", {
    part: parts.indexOf(part) + 1,
    parts: parts.length,
    first: part.first_step_id,
    last: part.last_step_id,
    step_count: input.steps.length,
    before: before === "" ? "(this is the first)" : fenced(before, nonce),
  });
}
