import type { RunFiles } from "../../src/extract/toolkit/index.ts";

const HISTORY = "api_conversation_history.json";
const UI = ["ui_messages.json", "claude_messages.json"];

/** Files that mark the folder of a task. */
export const DIRECTORY_GLOBS: readonly string[] = [HISTORY, ...UI];

/** The form of a file: messages as the model saw them, or what the side panel showed. */
export interface Source {
  path: string;
  form: "history" | "panel";
}

/** What the head of a file must show to be one of Cline's or Roo Code's. */
export const MARKS: RegExp =
  /<environment_details>|"text"\s*:\s*"\[\w+(?: for '|\] Result:)|<task>\\n|"modelInfo"\s*:|<user_message>\\n/;

const ENTRY = /"type"\s*:\s*"(say|ask)"\s*,\s*"\1"\s*:\s*"/;
const SESSION = /^\s*\{[\s\S]{0,2000}?"sessionId"\s*:/;
const HEAD_BYTES = 128 << 10;

/** The file that holds a run's steps; null where there is none. The conversation says more than the panel. */
export function sourceOf(run: RunFiles): Source | null {
  const names = run.focus === null ? DIRECTORY_GLOBS.filter((name) => run.has(name)) : [run.focus];
  for (const path of names) {
    const form = formOf(run, path);
    if (form !== null) return { path, form };
  }
  return null;
}

function formOf(run: RunFiles, path: string): Source["form"] | null {
  const head = run.head(path, HEAD_BYTES);
  if (/^\s*\[\s*\{/.test(head) && ENTRY.test(head)) return "panel";
  if (/^\s*\[\s*\{/.test(head) && /"role"\s*:\s*"(?:user|assistant)"/.test(head)) return "history";
  return isSession(head) ? "history" : null;
}

/** A session of the SDK: `{version, sessionId, messages}`. */
export function isSession(head: string): boolean {
  return SESSION.test(head) && /"version"\s*:\s*\d/.test(head) && /"messages"\s*:\s*\[/.test(head);
}

/** The head of the chosen file, for detection. */
export function headOf(run: RunFiles, source: Source): string {
  return run.head(source.path, HEAD_BYTES);
}

/** What the side panel showed of a task whose conversation is in another file. */
export function panelBeside(run: RunFiles, source: Source): string | null {
  if (run.focus !== null || source.form === "panel") return null;
  return UI.find((name) => run.has(name)) ?? null;
}
