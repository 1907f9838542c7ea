import fs from "node:fs";
import path from "node:path";
import { type Journal, openJournal } from "../../src/agent/journal.ts";
import type { SessionHeader } from "../../src/agent/journal-events.ts";
import { runLoop } from "../../src/agent/loop.ts";
import type { LoopLimits, LoopPorts } from "../../src/agent/loop-types.ts";
import { UNKNOWN_USAGE } from "../../src/model/model.ts";
import { ModelError } from "../../src/model/model-error.ts";
import { tempRun } from "../support/temp-run.ts";
import { LIMITS, type Said, SESSION, START, say, scripted } from "./scripted-loop.ts";

export const OVERFLOW = new ModelError("context_overflow", "too long");
/** A session with all that a journal can hold: a malformed reply, a stopped command, an overflow, compactions, notes. */
export const SAID: readonly Said[] = [
  say("add a", "Größe ✗ first."),
  "I forgot the command.",
  say("long 3000"),
  say("hang"),
  say("long 3000"),
  OVERFLOW,
  say("add b"),
  say("show"),
  { text: say("submit"), usage: { ...UNKNOWN_USAGE, output_tokens: 7 }, cost_usd: null, model: null },
];
/** The commands of that session. */
export const COMMANDS = ["add a", "long 3000", "hang", "long 3000", "add b", "show", "submit"];

const fileIn = (folder: string): string => path.join(folder, "tracer.jsonl");
/** A journal in a folder of its own, with the text where one is given. */
export const newFile = (text?: string): string =>
  fileIn(tempRun(text === undefined ? {} : { "tracer.jsonl": text }));
export const read = (file: string): string => fs.readFileSync(file, "utf8");
export const typesIn = (file: string): string[] =>
  read(file)
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { type: string }).type);

/** Runs the session over a file. The model answers the calls that the file does not hold; a note is taken of each `show`. */
export async function investigate(
  file: string,
  said: readonly Said[] = SAID,
  {
    header = {},
    limits = {},
    ports = {},
  }: {
    header?: Partial<SessionHeader>;
    limits?: Partial<LoopLimits>;
    ports?: Partial<LoopPorts>;
  } = {},
) {
  const journal: Journal = openJournal(file, { ...SESSION, ...header });
  const answered = journal.events.filter(
    (event) => event.type === "model_replied" || (event.type === "compacted" && event.overflow),
  ).length;
  const script = scripted(said.slice(answered), ports);
  const execute: LoopPorts["execute"] = async (command) => {
    if (command === "show")
      journal.append({ type: "note", kind: "shown", data: { list: script.list.join() } });
    return script.ports.execute(command);
  };
  const result = await runLoop(START, { ...script.ports, execute }, { ...LIMITS, ...limits }, journal);
  return { result, asked: script.sent, ran: script.ran, list: script.list, journal };
}

export async function wholeFile(): Promise<Buffer> {
  const file = newFile();
  await investigate(file);
  return fs.readFileSync(file);
}
