import { asRecord, type RunFiles } from "../../src/extract/toolkit/index.ts";

/**
 * The forms that Gemini CLI's traces have: a session file as one object or as records a line, saved contents of a
 * chat, the events of `--output-format stream-json`, the telemetry log, and the answer of `--output-format json`.
 */
export type Form = "session" | "records" | "checkpoint" | "stream" | "telemetry" | "answer";

/** The file that holds a run's trace, and in which form. */
export interface Source {
  path: string;
  form: Form;
}

/** Where a trace lies in the folder of a run, best first. */
export const PLACES: readonly string[] = [
  "full.jsonl",
  "agent/gemini-cli.trajectory.{jsonl,json}",
  "agent/gemini-cli.{txt,jsonl}",
];

/** Names of files that are a run each: as Gemini CLI names them, and names that people give to its output. */
export const FILE_GLOBS: readonly string[] = [
  "session-*.{json,jsonl}",
  "checkpoint*.json",
  "*-{write_file,replace,edit}.json",
  "telemetry*.{log,json}",
  "*.jsonl",
  "*gemini*.{json,log,txt}",
];

const HEAD_BYTES = 65_536;

/** The trace of a run; null where there is none. */
export function sourceOf(run: RunFiles): Source | null {
  const paths = run.focus === null ? PLACES.flatMap((glob) => run.list(glob)) : [run.focus];
  for (const path of paths) {
    const form = formOf(run.head(path, HEAD_BYTES));
    if (form !== null) return { path, form };
  }
  return null;
}

/** The form that the head of a file shows. */
export function formOf(head: string): Form | null {
  return sessionForm(head) ?? (isStream(head) ? "stream" : null) ?? wholeForm(head);
}

/** Session files begin with the session's id and the hash of its project. */
function sessionForm(head: string): Form | null {
  if (!/^\s*\{/.test(head)) return null;
  const start = head.slice(0, 4096);
  const hasIds = /"sessionId"\s*:\s*"/.test(start) && /"projectHash"\s*:\s*"/.test(start);
  if (!hasIds) return null;
  const first = parsedRecord(head.trimStart().split("\n", 1)[0] ?? "");
  if (first && !Array.isArray(first.messages)) return "records";
  return /"messages"\s*:\s*\[/.test(head) ? "session" : null;
}

function isStream(head: string): boolean {
  return (
    /^\s*\{"type"\s*:\s*"init"\s*,(?=[^\n]*"session_id"\s*:\s*")(?=[^\n]*"model"\s*:\s*")[^\n]*\}\s*$/m.test(
      head,
    ) || /^\s*\{"type"\s*:\s*"tool_use"\s*,[^\n]*"tool_name"\s*:\s*"[^\n]*"tool_id"\s*:\s*"/m.test(head)
  );
}

function wholeForm(head: string): Form | null {
  if (/"event\.name"\s*:\s*"gemini_cli\.\w+"/.test(head)) return "telemetry";
  const isContents =
    /^\s*(?:\[\s*\{|\{[\s\S]{0,2000}"(?:clientHistory|history)"\s*:\s*\[)/.test(head) &&
    /"role"\s*:\s*"user"/.test(head) &&
    /"parts"\s*:\s*\[/.test(head);
  if (isContents) return "checkpoint";
  const isAnswer =
    /^\s*\{\s*"(?:session_id|response|stats|error)"\s*:/.test(head) &&
    /"stats"\s*:\s*\{\s*"models"\s*:/.test(head) &&
    /"tools"\s*:\s*\{\s*"totalCalls"\s*:/.test(head);
  return isAnswer ? "answer" : null;
}

function parsedRecord(line: string) {
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}
