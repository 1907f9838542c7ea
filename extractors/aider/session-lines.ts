import type { RunFiles } from "../../src/extract/toolkit/index.ts";

/** One line of the chat history. */
export interface RawLine {
  text: string;
  line: number;
}

/** What Aider writes when it is started, with the local time. */
export const SESSION_START = /^# aider chat started at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\s*$/;

/** The lines of a run: those of one session where the run is a session, else the whole file. */
export function sessionLines(run: RunFiles, path: string): RawLine[] {
  if (run.row === null) return [...run.lines(path)];
  const lines: RawLine[] = [];
  for (let line = run.row; ; line++) {
    const text = run.lineAt(path, line);
    if (text === undefined || (line > run.row && SESSION_START.test(text))) return lines;
    lines.push({ text, line });
  }
}
