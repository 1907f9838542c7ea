import fs from "node:fs";
import path from "node:path";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { type EventOf, type JournalEvent, JournalEventSchema, type SessionEvent } from "./journal-events.ts";

/** One session of a file. */
export interface RecordedSession {
  started: EventOf<"session_started">;
  events: SessionEvent[];
  /** False where a line in it cannot be read; `events` ends before that line. */
  intact: boolean;
}

/** The sessions of a file, none where there is no file. A last line that a kill tore is cut off the file first. */
export function readSessions(file: string): RecordedSession[] {
  const sessions: RecordedSession[] = [];
  for (const line of wholeLines(file)) {
    const event = eventOf(line);
    const session = sessions.at(-1);
    if (event?.type === "session_started") sessions.push({ started: event, events: [], intact: true });
    else if (session?.intact) {
      if (event === null) session.intact = false;
      else session.events.push(event);
    }
  }
  return sessions;
}

/** Adds events to a file, which is made where it is not there: a line each, all in one write at its end. */
export function appendEvents(file: string, events: readonly JournalEvent[]): void {
  attempt(file, "written", () => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = fs.openSync(file, "a");
    try {
      const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
      if (fs.writeSync(descriptor, bytes) < bytes.length) throw new Error("no space for the whole record");
    } finally {
      fs.closeSync(descriptor);
    }
  });
}

/** Renames a file to `<file>.old`, in place of an earlier one. */
export function setAside(file: string): void {
  if (fs.existsSync(file)) attempt(file, "renamed", () => fs.renameSync(file, `${file}.old`));
}

function wholeLines(file: string): string[] {
  if (!fs.existsSync(file)) return [];
  return attempt(file, "read", () => {
    const bytes = fs.readFileSync(file);
    const end = bytes.lastIndexOf(10) + 1;
    if (end < bytes.length) fs.truncateSync(file, end);
    return bytes.toString("utf8", 0, end).split("\n").slice(0, -1);
  });
}

function eventOf(line: string): JournalEvent | null {
  try {
    return JournalEventSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function attempt<T>(file: string, verb: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const message = `The record of the investigation cannot be ${verb} (${messageOf(error)}). Choose a folder that can be written to, or free some space; finished calls are not asked for again.`;
    throw new CodeTracerError("bad_workspace", message, { path: file, cause: error });
  }
}
