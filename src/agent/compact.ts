import { estimateTokens } from "../model/count-tokens.ts";
import type { ChatMessage } from "../model/model.ts";
import { prompt } from "../util/prompt.ts";
import { commandBlocks, proseOf, spoken } from "./command-of.ts";
import type { LoopLimits } from "./loop-types.ts";

/** How much was taken out of a conversation, each with all before it: old outputs, old commands, old turns joined, old prose cut. */
export const COMPACTION_LEVELS = ["none", "outputs", "commands", "joined", "cut"] as const;
export type CompactionLevel = (typeof COMPACTION_LEVELS)[number];

/** A conversation as it is sent. */
export interface Compacted {
  messages: readonly ChatMessage[];
  level: CompactionLevel;
  elided_outputs: number;
  /** Of all messages, by the estimate that was given. */
  estimated_tokens: number;
}

/** Shorter outputs cost no more than the note in their place, and are no reason to take out an older one. */
const SHORT_OUTPUT_CHARS = 240;
const COMMAND_CHARS = 300;
const PROSE_CHARS = [600, 150];
/** What a message costs beside its text. */
const MESSAGE_TOKENS = 4;

interface Turn {
  said: string;
  heard: string | null;
}

/**
 * What is sent of a conversation. Everything before the first reply stays, as do the newest `outputs_kept` outputs and the turns from there
 * on; older outputs give way to a note. Only above `context_tokens` more goes: old commands are shortened, then old turns become one message
 * of their prose, then the oldest prose is cut in its middle. Above the limit after all that, it is sent as it is. Pure.
 */
export function compact(
  messages: readonly ChatMessage[],
  limits: Pick<LoopLimits, "context_tokens" | "outputs_kept">,
  estimate: (text: string) => number = estimateTokens,
): Compacted {
  const first = messages.findIndex((message) => message.role === "assistant");
  const start = first < 0 ? messages : messages.slice(0, first);
  const turns = first < 0 ? [] : turnsOf(messages.slice(first));
  const newest = firstKept(turns, limits.outputs_kept);
  const [old, kept] = [turns.slice(0, newest), turns.slice(newest)];
  const elided_outputs = old.filter((turn) => isLong(turn.heard)).length;
  const give = (level: CompactionLevel, shortened: readonly Turn[]): Compacted => {
    const sent = [...start, ...[...shortened, ...kept].flatMap(messagesOf)];
    const estimated_tokens = sent.reduce((sum, { text }) => sum + estimate(text) + MESSAGE_TOKENS, 0);
    return { messages: sent, level, elided_outputs, estimated_tokens };
  };
  let given = give(elided_outputs > 0 ? "outputs" : "none", old.map(withoutOutput));
  for (const [level, shortened] of stronger(old)) {
    if (given.estimated_tokens <= limits.context_tokens) return given;
    given = give(level, shortened);
  }
  return given;
}

/** Ever shorter forms of the old turns. */
function* stronger(old: readonly Turn[]): Generator<[CompactionLevel, readonly Turn[]]> {
  if (old.length === 0) return;
  yield [
    "commands",
    old.map((turn) => ({ ...withoutOutput(turn), said: withShortCommands(spoken(turn.said)) })),
  ];
  const proses = old.map((turn) => proseOf(spoken(turn.said)));
  yield ["joined", [joined(old, proses)]];
  for (const chars of PROSE_CHARS) {
    for (const [index, prose] of proses.entries()) {
      if (prose.length <= chars) continue;
      proses[index] = headAndTail(prose, chars);
      yield ["cut", [joined(old, proses)]];
    }
  }
}

function turnsOf(messages: readonly ChatMessage[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, text } of messages) {
    const last = turns.at(-1);
    if (role === "assistant" || last === undefined) turns.push({ said: text, heard: null });
    else last.heard = last.heard === null ? text : `${last.heard}\n\n${text}`;
  }
  return turns;
}

/** The turn from which on outputs stay. */
function firstKept(turns: readonly Turn[], outputsKept: number): number {
  const long = turns.flatMap((turn, index) => (isLong(turn.heard) ? [index] : []));
  const oldest = long.at(-Math.max(1, outputsKept)) ?? 0;
  return Math.min(oldest, Math.max(0, turns.length - 1));
}

function isLong(output: string | null): output is string {
  return output !== null && output.length > SHORT_OUTPUT_CHARS;
}

function withoutOutput(turn: Turn): Turn {
  return isLong(turn.heard) ? { ...turn, heard: elided(turn.heard.length) } : turn;
}

function elided(chars: number): string {
  return prompt("agent/elided", { chars }).trim();
}

function withShortCommands(said: string): string {
  let text = said;
  for (const { code, start, end } of commandBlocks(said).reverse())
    text =
      text.slice(0, start) +
      text.slice(start, end).replace(code, () => headAndTail(code, COMMAND_CHARS)) +
      text.slice(end);
  return text;
}

function joined(old: readonly Turn[], proses: readonly string[]): Turn {
  const chars = old.reduce((sum, turn) => sum + (turn.heard ?? "").length, 0);
  const established = proses.filter((prose) => prose !== "");
  return { said: [prompt("agent/established").trim(), ...established].join("\n\n"), heard: elided(chars) };
}

function messagesOf({ said, heard }: Turn): ChatMessage[] {
  const message: ChatMessage = { role: "assistant", text: said };
  return heard === null ? [message] : [message, { role: "user", text: heard }];
}

/** A text without its middle, at most `chars` long but for the mark; as it is where it fits. */
function headAndTail(text: string, chars: number): string {
  if (text.length <= chars) return text;
  const half = Math.floor(chars / 2);
  return `${text.slice(0, half)}\n[… ${text.length - 2 * half} characters …]\n${text.slice(-half)}`;
}
