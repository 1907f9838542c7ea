import { answered } from "../../agent/index.ts";
import type { ChatMessage } from "../../model/model.ts";
import { ShownSteps } from "../../trace/direct/shown-steps.ts";
import { nonceOf } from "../../trace/fence.ts";
import { cutMiddle } from "../../trace/views/plain-text.ts";
import { fenced, fenceMark } from "../../util/fence.ts";
import { prompt } from "../../util/prompt.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import type { HintMaterial } from "../material.ts";
import type { Reach } from "./reach.ts";

/** Every template of a session: their digest stands in the hint. */
export const HINT_PROMPTS = [
  "hint/system",
  "hint/run",
  "hint/whole",
  "hint/facts-only",
  "hint/again",
] as const;

const TASK_CHARS = 6_000;
const DIAGNOSIS_CHARS = 5_000;
/** Steps before the onset that are shown as wholly as there is room for. */
const STEPS_NEAR = 8;
/** Of the room for steps, what those near the onset get. */
const NEAR_SHARE = 0.6;

/** What a prompt is made of. */
export interface HintPromptInput {
  workspace: TracedWorkspace;
  reach: Reach;
  /** What the rules have gathered. */
  material: HintMaterial;
  budgetTokens: number;
}

/** The prompt for a hint, with so many tokens for steps. Whatever was recorded, or said of it, stands between marks with a nonce over the run. */
export async function hintPrompt(input: HintPromptInput, stepTokens: number): Promise<ChatMessage[]> {
  const { workspace, reach, material, budgetTokens } = input;
  const { steps, stages, task } = workspace;
  const nonce = nonceOf({ steps, stages, task });
  const run = prompt("hint/run", {
    task: task === null ? "(not recorded)" : fenced(cutMiddle(task.trim(), TASK_CHARS), nonce),
    diagnosis: fenced(cutMiddle(diagnosisText(workspace, reach), DIAGNOSIS_CHARS), nonce),
    material: fenced(materialText(material), nonce),
    step_count: steps.length,
    last: reach.last,
    steps: fenced((await shownSteps(input, nonce, stepTokens)).join("\n"), nonce),
    scope: scopeText(reach).trimEnd(),
  });
  const system = prompt("hint/system", { fence: fenceMark(nonce), budget: budgetTokens });
  return [
    { role: "system", text: system },
    { role: "user", text: run },
  ];
}

/** The same prompt after a reply of which not everything was taken. */
export function againPrompt(
  messages: readonly ChatMessage[],
  reply: string,
  problems: readonly string[],
): ChatMessage[] {
  const again = prompt("hint/again", { problems: problems.map((problem) => `- ${problem}`).join("\n") });
  return answered(messages, reply, again);
}

async function shownSteps(
  { workspace: { steps }, reach }: HintPromptInput,
  nonce: string,
  tokens: number,
): Promise<string[]> {
  const shown = new ShownSteps(steps, nonce);
  const near = Math.max(1, reach.before - STEPS_NEAR);
  const far = near > 1 ? await shown.within(1, near - 1, tokens * (1 - NEAR_SHARE)) : [];
  const close = near <= reach.last ? await shown.within(near, reach.last, tokens * NEAR_SHARE) : [];
  return [...far, ...close];
}

function scopeText({ gate, before }: Reach): string {
  return gate.scope === "whole"
    ? prompt("hint/whole", { onset: gate.onset_step_id ?? before, before })
    : prompt("hint/facts-only", { reason: gate.scope_reason ?? "", before });
}

/** The sure part of a diagnosis in words. What the verifier said in detail is no part of it. */
function diagnosisText({ diagnosis }: TracedWorkspace, { gate }: Reach): string {
  const { summary, root_cause_chain, critical_decisions, strategy } = diagnosis;
  const labels = gate.sure.map(
    ({ step_id, reasoning, better_alternative }) =>
      `step ${step_id} is wrong: ${reasoning}${better_alternative === undefined ? "" : ` Better: ${better_alternative}`}`,
  );
  const decisions = critical_decisions.map(
    ({ step_id, decision }) => `decision at step ${step_id}: ${decision}`,
  );
  const parts = [summary, ...labels, ...decisions, ...root_cause_chain];
  return [...parts, strategy ?? ""].filter((part) => part !== "").join("\n");
}

function materialText(material: HintMaterial): string {
  const { facts, mistake, instead, avoid } = material;
  const points = (list: HintMaterial["facts"]) =>
    list.map(({ text, evidence }) => ({
      text,
      quotes: evidence.map(({ step_id, quote }) => ({ step: step_id, text: quote })),
    }));
  const [told] = mistake === null ? [] : points([mistake]);
  const given = {
    mistake: told && { ...told, recognise: mistake?.recognise },
    instead,
    facts: points(facts),
    avoid: points(avoid),
  };
  return JSON.stringify(given, null, 1);
}
