import {
  asRecord,
  asString,
  type JsonRecord,
  type Ref,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";

/** An event and its line. */
export interface Event {
  type: string;
  record: JsonRecord;
  ref: Ref;
}

const KNOWN = new Set([
  "session_started",
  "session_finished",
  "subagent_started",
  "message",
  "action",
  "observation",
  "shell_passed",
]);

/** The events of a log in their order. Lines that are none, such as one that a kill left without its end, are reported. */
export function readLog(run: RunFiles, path: string): Event[] {
  const events: Event[] = [];
  for (const { text, line } of run.lines(path)) {
    if (text.trim() === "") continue;
    const record = asRecord(parsed(text));
    const type = asString(record?.type) ?? "";
    if (record && KNOWN.has(type))
      events.push({ type, record, ref: { path, line_start: line, line_end: line } });
    else {
      const message = record
        ? "an event of no known type was skipped"
        : "a line that is cut off or no JSON was skipped";
      run.report({ message, path, line });
    }
  }
  return events;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
