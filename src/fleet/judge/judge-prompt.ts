import type { ChatMessage } from "../../model/model.ts";
import type { RunPart } from "../../trace/direct/parts.ts";
import { cutMiddle } from "../../trace/views/plain-text.ts";
import type { BehaviourFlag } from "../../trajectory/index.ts";
import { fenced, fenceMark } from "../../util/fence.ts";
import { prompt, promptDigest } from "../../util/prompt.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Rubric } from "./rubric.ts";

const PROMPTS = ["system", "run", "part", "rubric", "so-far", "again"].map((name) => `judge/${name}`);
const TASK_CHARS = 6_000;
const STATUS_CHARS = 200;
const QUOTE_CHARS = 160;
/** Servers take no empty message. */
const NO_TEXT = "(no text)";

/** A rubric to ask about, and what the parts of the run before this one came to; null = nothing before. */
export interface AskedRubric {
  rubric: Rubric;
  so_far: BehaviourFlag | null;
}

/** What one prompt shows. */
export interface JudgePrompt {
  workspace: Pick<Workspace, "task" | "steps" | "extraction">;
  nonce: string;
  part: RunPart;
  /** The part's steps as text. */
  steps: string;
  rubrics: readonly AskedRubric[];
}

/** Over every template of the judge: a changed word makes another judge. */
export function judgePromptDigest(): string {
  return promptDigest(PROMPTS);
}

/** The prompt over a run, or a part of it. Whatever was recorded stands between marks with the nonce. How the run was graded is not told. */
export function judgePrompt({ workspace, nonce, part, steps, rubrics }: JudgePrompt): ChatMessage[] {
  const { task, extraction } = workspace;
  const data = (text: string | null, chars: number): string =>
    text === null ? "(not recorded)" : fenced(cutMiddle(text.trim(), chars), nonce);
  const run = prompt("judge/run", {
    task: data(task, TASK_CHARS),
    exit_status: data(extraction.outcome.exit_status, STATUS_CHARS),
    step_count: workspace.steps.length,
    part: partText(part, workspace.steps.length),
    steps: fenced(steps, nonce),
    rubrics: rubrics.map((one) => rubricText(one, nonce).trimEnd()).join("\n\n"),
    ids: idsOf(rubrics.map(({ rubric }) => rubric.id)),
  });
  return [
    { role: "system", text: prompt("judge/system", { fence: fenceMark(nonce) }).trimEnd() },
    { role: "user", text: run.trimEnd() },
  ];
}

/** The same prompt after verdicts that were not taken, with what is wrong with each. */
export function againPrompt(
  messages: readonly ChatMessage[],
  reply: string,
  problems: ReadonlyMap<string, readonly string[]>,
): ChatMessage[] {
  const again = prompt("judge/again", {
    problems: grouped(problems)
      .map(([told, ids]) => `- ${idsOf(ids)}: ${told}`)
      .join("\n"),
    ids: idsOf([...problems.keys()]),
  });
  return [
    ...messages,
    { role: "assistant", text: reply.trim() === "" ? NO_TEXT : reply },
    { role: "user", text: again },
  ];
}

/** What is wrong, with the rubrics that it is wrong with: a reply that cannot be read is told once. */
function grouped(problems: ReadonlyMap<string, readonly string[]>): [told: string, ids: string[]][] {
  const groups = new Map<string, string[]>();
  for (const [id, own] of problems) {
    const told = own.join("; ");
    groups.set(told, [...(groups.get(told) ?? []), id]);
  }
  return [...groups];
}

function idsOf(ids: readonly string[]): string {
  return ids.map((id) => `\`${id}\``).join(", ");
}

function rubricText({ rubric, so_far }: AskedRubric, nonce: string): string {
  return prompt("judge/rubric", {
    ...rubric,
    so_far: so_far === null ? "" : prompt("judge/so-far", { verdict: fenced(verdictText(so_far), nonce) }),
  });
}

function verdictText({ present, step_ids, reason, evidence }: BehaviourFlag): string {
  const quotes = evidence.map(
    ({ step_id, where, quote }) => `step ${step_id}, ${where}: ${cutMiddle(quote, QUOTE_CHARS)}`,
  );
  const steps = step_ids.length === 0 ? "" : `, steps ${step_ids.join(", ")}`;
  return [`present: ${present}${steps}`, reason, ...quotes].join("\n");
}

function partText({ first_step_id, last_step_id }: RunPart, stepCount: number): string {
  if (first_step_id === 1 && last_step_id === stepCount) return "";
  const what =
    last_step_id < stepCount
      ? "Judge the run as far as it goes by then; there will be a verdict after each part."
      : "They are the last ones: judge the whole run, with what the parts before came to. Their quotes may be given again.";
  return prompt("judge/part", { first: first_step_id, last: last_step_id, what }).trimEnd();
}
