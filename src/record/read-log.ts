import fs from "node:fs";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { asRecord, asString } from "../util/narrow.ts";
import type { RecordEvent } from "./events.ts";

const LINE_BREAK = 10;

/** What a log holds. `broken_lines` counts those that are no event, such as one that a kill left without its end. */
export interface ReadLog {
  events: RecordEvent[];
  broken_lines: number;
}

/** Reads a log whole. Throws CodeTracerError `run_not_found` where there is none, `unreadable` where it cannot be read. */
export function readLog(file: string): ReadLog {
  const bytes = read(file);
  const log: ReadLog = { events: [], broken_lines: 0 };
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LINE_BREAK, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) take(bytes.toString("utf8", start, end), log);
    start = end + 1;
  }
  return log;
}

function take(line: string, log: ReadLog): void {
  if (line.trim() === "") return;
  const event = eventOf(line);
  if (event) log.events.push(event);
  else log.broken_lines++;
}

/** What an event cannot do without. Other programs write events too. */
const NEEDED: Readonly<Record<RecordEvent["type"], readonly string[]>> = {
  session_started: ["session_id"],
  subagent_started: ["agent_id", "name"],
  message: ["source", "text"],
  action: ["action_id", "tool"],
  observation: ["action_id"],
  shell_passed: [],
  session_finished: [],
};

function eventOf(line: string): RecordEvent | undefined {
  const value = asRecord(parsed(line));
  const type = asString(value?.type) ?? "";
  const needed = Object.hasOwn(NEEDED, type) ? NEEDED[type as RecordEvent["type"]] : undefined;
  const isEvent = needed?.every((key) => typeof value?.[key] === "string") === true;
  return isEvent ? (value as unknown as RecordEvent) : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function read(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new CodeTracerError(
      isMissing ? "run_not_found" : "unreadable",
      isMissing
        ? `${file} is not there: name the folder that codetracer record or openRecorder wrote`
        : `${file}: the recording cannot be read (${messageOf(error)})`,
      { path: file, cause: error },
    );
  }
}
