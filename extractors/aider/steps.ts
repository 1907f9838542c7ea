import { renderAction, type Step, StepBuilder } from "../../src/extract/toolkit/index.ts";
import { editsOf, refTo } from "./edits.ts";
import type { Entry } from "./entries.ts";
import type { Session, Turn } from "./turns.ts";
import { usageOf } from "./usage.ts";

/** Prints of Aider that say nothing about what was done. */
const CHATTER =
  /^(?:$|You can use \/undo |\^C|Repo-map |Has it been deleted |Initial repo scan |Copied code context|Tokens: |Multiline mode:|https:\/\/aider\.chat\/)/;
const ACCEPTED = /^Add file to the chat\? .*\]: [yad]$/;

/** The steps of a session: edits, shell commands that ran, and files that were handed over because a reply named them. */
export function stepsOf(
  session: Session,
  file: string,
  startedAt: (prompt: string) => string | undefined,
): Step[] {
  const builder = new StepBuilder();
  let thoughts: string[] = [];
  for (const [index, turn] of session.turns.entries()) {
    const added = addSteps(builder, turn, file);
    thoughts.push(proseOf(turn, added));
    const [first] = added;
    if (!first) continue;
    const thinking = thoughts.filter((text) => text !== "").join("\n\n");
    thoughts = [];
    if (thinking !== "") first.thinking = thinking;
    const started_at = turn.prompt === null ? undefined : startedAt(turn.prompt);
    if (started_at !== undefined) first.started_at = started_at;
    const usage = turn.messages.map(({ text }) => usageOf(text)).find((found) => found !== null);
    if (usage?.tokens) first.tokens = usage.tokens;
    if (usage?.cost_usd !== undefined) first.cost_usd = usage.cost_usd;
    if (added.length > 1) for (const step of added) step.parallel_group = index + 1;
  }
  return builder.steps;
}

/** The reply without what stands in the actions of its turn. */
function proseOf({ reply }: Turn, steps: readonly Step[]): string {
  const taken = new Set<number>();
  for (const { action_ref } of steps)
    for (let line = action_ref?.line_start ?? 1; line <= (action_ref?.line_end ?? 0); line++) taken.add(line);
  const isFence = (text: string): boolean => /^(?:`{3,}|~{3,})[\w+#-]*\s*$/.test(text);
  const prose = reply.filter(({ text, line }) => {
    const isAround = isFence(text) && (taken.has(line - 1) || taken.has(line + 1));
    return !taken.has(line) && !isAround;
  });
  return prose
    .map(({ text }) => text)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function addSteps(builder: StepBuilder, turn: Turn, file: string): Step[] {
  // A comment in a watched file starts the next request without a prompt.
  const next = turn.messages.findIndex(({ text }) => text === "Processing your request...");
  const messages = next < 0 ? turn.messages : turn.messages.slice(0, next);
  // The commands on offer stand above the question.
  const acts = messages.findIndex(
    ({ text }, index) =>
      text.startsWith("Running ") || /^Run shell commands?\?/.test(messages[index + 1]?.text ?? ""),
  );
  const said = messages.slice(0, acts < 0 ? undefined : acts).filter((_, index) => !isOffer(messages, index));
  const edits = editsOf(
    turn,
    said.filter(({ text }) => !CHATTER.test(text)),
    file,
  );
  const steps = edits.map(({ args, ref, observation, observation_ref, is_error }) =>
    builder.add({
      action: renderAction("edit", args),
      action_ref: ref,
      tool: "edit",
      arguments: args,
      observation,
      observation_ref,
      is_error,
    }),
  );
  for (const [index, entry] of messages.entries()) {
    if (entry.text.startsWith("Running "))
      steps.push(addCommand(builder, entry, messages.slice(index + 1), file));
    else if (ACCEPTED.test(entry.text)) {
      const subject = messages[index - 1];
      if (subject && subject.text !== "") steps.push(addFile(builder, subject, entry, file));
    }
  }
  return steps;
}

function addCommand(builder: StepBuilder, entry: Entry, after: readonly Entry[], file: string): Step {
  const command = entry.text.slice("Running ".length);
  const end = after.findIndex(({ text }) => text.startsWith("Running "));
  const output = after.slice(0, end < 0 ? undefined : end).filter(({ text }) => !CHATTER.test(text));
  const [first] = output;
  const last = output.at(-1);
  return builder.add({
    action: command,
    action_ref: refTo(entry, file),
    tool: "shell",
    arguments: { command },
    observation: output.length > 0 ? output.map(({ text }) => text).join("\n") : null,
    observation_ref: first && last ? { ...refTo(first, file), line_end: last.line_end } : null,
  });
}

function addFile(builder: StepBuilder, subject: Entry, answer: Entry, file: string): Step {
  const args = { path: subject.text };
  return builder.add({
    action: renderAction("read_file", args),
    action_ref: refTo(subject, file),
    tool: "read_file",
    arguments: args,
    observation: answer.text,
    observation_ref: refTo(answer, file),
  });
}

/** Whether a message offers to add a file, or names the file offered. */
function isOffer(messages: readonly Entry[], index: number): boolean {
  return [index, index + 1].some((at) => messages[at]?.text.startsWith("Add file to the chat?"));
}
