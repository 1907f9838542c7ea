import { type Step, StepBuilder } from "../../src/extract/toolkit/index.ts";
import { joinThoughts } from "../_traj/thinking.ts";
import type { Message } from "./message.ts";
import { PATTERNS, type TextAction, type TextPattern } from "./text-actions.ts";

/** A message of the model, and the one that answers it. */
interface Turn {
  message: Message;
  text: string;
  reply: Message | undefined;
}

/** How the output of a command begins where agents hand it back in a user's name. */
const RESULT =
  /^\s*(?:<(?:returncode|output|tool_response|observation|execution|result|stdout|response)|observation\b|execution\b|\[?(?:exit|return)[ _]?code|returncode|output\b|results?:|stdout|tool (?:output|result|response)|command (?:executed|output|failed|timed)|the (?:last )?command|your command|```|\$ |root@|\(open file|traceback|terminal output|new terminal|bash: |\(exit)/i;
const EXIT_STATUS = /<returncode>|\bexit ?code[:= ]|\(exit code|\[exit(?:ed)? /i;

/** How a reply begins that says that nothing was run. */
const REFUSAL =
  /^\s*(?:please (?:always )?provide|format error|error parsing|(?:your|the) (?:last )?(?:output|response|reply) (?:was|is|could)|(?:could not|failed to) parse|no (?:action|command|tool call|code block)|your proposed edit|commands? not executed)/i;

const HEAD_CHARS = 400;

/** The steps of a conversation whose actions stand in the messages' text; none where nothing shows that they were run. */
export function readTextSteps(messages: readonly Message[]): Step[] {
  const turns = turnsOf(messages);
  const pattern = patternOf(turns);
  const builder = new StepBuilder();
  if (!pattern) return builder.steps;
  let carried: string[] = [];
  let groups = 0;
  for (const turn of turns) {
    const { actions, prose } = pattern(turn.text);
    const thoughts = turn.message.parts.flatMap((part) => (part.kind === "thought" ? [part.text] : []));
    if (!isExecuted(turn, actions)) {
      carried.push(...thoughts, turn.text);
      continue;
    }
    if (actions.length > 1) groups++;
    for (const [index, action] of actions.entries()) {
      const isLast = index === actions.length - 1;
      builder.add({
        action: action.action,
        tool: action.tool,
        arguments: action.arguments,
        action_ref: turn.message.ref,
        ...(isLast && turn.reply ? { observation: textOf(turn.reply), observation_ref: turn.reply.ref } : {}),
        exit_code: isLast && turn.reply ? exitCodeIn(textOf(turn.reply)) : undefined,
        thinking: joinThoughts(index === 0 ? [...carried, ...thoughts, prose] : thoughts),
        parallel_group: actions.length > 1 ? groups : undefined,
      });
    }
    carried = [];
  }
  return builder.steps;
}

/** The way of writing actions that most messages use and that was answered by output; null where none was. */
function patternOf(turns: readonly Turn[]): TextPattern | null {
  let best: { pattern: TextPattern; acting: number } | null = null;
  for (const pattern of PATTERNS) {
    const acting = turns.filter(({ text, reply }) => reply && pattern(text).actions.length > 0);
    const shown = acting.filter(({ reply }) => reply && showsResult(reply)).length;
    if (shown === 0 || shown < 0.5 * acting.length) continue;
    if (acting.length > (best?.acting ?? 0)) best = { pattern, acting: acting.length };
  }
  return best?.pattern ?? null;
}

/** The last message of a run that was ended has no reply: an action that it ends with was asked for. */
function isExecuted({ text, reply }: Turn, actions: readonly TextAction[]): boolean {
  const last = actions.at(-1);
  if (!last) return false;
  if (reply) return !REFUSAL.test(textOf(reply).slice(0, HEAD_CHARS));
  return text.slice(last.end).trim() === "";
}

function showsResult(reply: Message): boolean {
  const text = textOf(reply);
  return (
    reply.role === "tool" ||
    RESULT.test(text.slice(0, HEAD_CHARS)) ||
    EXIT_STATUS.test(text.slice(-HEAD_CHARS))
  );
}

function exitCodeIn(text: string): number | undefined {
  const match = /^\s*<returncode>\s*(-?\d+)|^\s*\[?exit[ _]?code[:= ]\s*(-?\d+)/i.exec(
    text.slice(0, HEAD_CHARS),
  );
  const code = match?.[1] ?? match?.[2];
  return code === undefined ? undefined : Number(code);
}

function turnsOf(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    if (message.role === "assistant") turns.push({ message, text: textOf(message), reply: undefined });
    else if (message.role !== "system") {
      const turn = turns.at(-1);
      if (turn && !turn.reply) turn.reply = message;
    }
  }
  return turns;
}

function textOf({ parts }: Message): string {
  return parts
    .flatMap((part) => (part.kind === "text" || part.kind === "result" ? [part.text ?? ""] : []))
    .join("\n");
}
