import type { SessionHeader } from "../../src/agent/journal-events.ts";
import type { CommandResult, LoopLimits, LoopPorts } from "../../src/agent/loop-types.ts";
import { type ChatMessage, type ChatReply, UNKNOWN_USAGE } from "../../src/model/model.ts";

export const START: readonly ChatMessage[] = [
  { role: "system", text: "You look." },
  { role: "user", text: "The tree." },
];

export const LIMITS: LoopLimits = {
  calls: 20,
  tokens: null,
  cost_usd: null,
  seconds: null,
  malformed_replies: 3,
  max_output_tokens: 1000,
  context_tokens: 1e6,
  outputs_kept: 2,
};

export const SESSION: SessionHeader = {
  codetracer_version: "0.1.0",
  tracer: "agent",
  model: "scripted:x",
  shell: "virtual",
  prompt_digest: "p",
  input_digest: "i",
  settings: { calls: 20 },
  pass: 1,
};

/** What the model says, or throws, to its nth call. */
export type Said = string | Partial<ChatReply> | Error;

export const say = (command: string, finding = "I look."): string =>
  `${finding}\n\`\`\`sh\n${command}\n\`\`\``;

/**
 * Ports over a scripted model and a shell of four commands: `add x` appends to a list that lasts, `show` gives the list, `long n` gives n characters,
 * `submit` ends the loop. `sent` and `ran` tell what was asked and run.
 */
export function scripted(said: readonly Said[], ports: Partial<LoopPorts> = {}) {
  const sent: (readonly ChatMessage[])[] = [];
  const ran: string[] = [];
  const list: string[] = [];
  const all: LoopPorts = {
    query: async (messages) => {
      const next = said[sent.length];
      sent.push(messages);
      if (next === undefined) throw new Error("the model was asked more often than it was told to be");
      if (next instanceof Error) throw next;
      return replyOf(typeof next === "string" ? { text: next } : next);
    },
    execute: async (command) => {
      ran.push(command);
      return execute(command, list);
    },
    urge: () => null,
    now: () => 0,
    ...ports,
  };
  return { ports: all, sent, ran, list };
}

export function replyOf(reply: Partial<ChatReply>): ChatReply {
  return {
    text: "",
    stop_reason: "end",
    usage: {
      ...UNKNOWN_USAGE,
      input_tokens: 100,
      cached_input_tokens: 10,
      output_tokens: 20,
      reasoning_tokens: 5,
    },
    cost_usd: 0.01,
    model: "scripted-1",
    ...reply,
  };
}

function execute(command: string, list: string[]): CommandResult {
  const [name, argument = ""] = command.split(" ");
  const result = (text: string, exit_code = 0): CommandResult => ({
    text,
    exit_code,
    stopped: null,
    done: false,
  });
  switch (name) {
    case "add":
      list.push(argument);
      return result("");
    case "show":
      return { ...result(list.join(",")), facts: { opened: list.length } };
    case "long":
      return result("x".repeat(Number(argument)));
    case "hang":
      return { text: "stopped", exit_code: null, stopped: "time", done: false };
    case "submit":
      return { ...result(`taken: ${list.join(",")}`), done: true };
    default:
      return result(`${name}: not found`, 127);
  }
}
