import path from "node:path";
import { cleanText } from "./clean-text.ts";
import { NOTE_LIMITS, type Note } from "./note.ts";

/** What one run shows alone is no pattern, and one hostile run must not speak to the next. */
const MIN_RUNS = 2;
const RUNS_SHOWN = 2;
const RUN_CHARS = 28;

/** Notes as hints for a tracer, a line each, whole lines within 600 characters; `""` where nothing is frequent enough. Untrusted: to be fenced. */
export function notesForPrompt(notes: readonly Note[]): string {
  const lines: string[] = [];
  let chars = 0;
  for (const note of notes.filter(({ run_count }) => run_count >= MIN_RUNS)) {
    const line = `- in ${note.run_count} of ${note.runs_remembered} runs: ${note.text} (${runsOf(note)})`;
    if (chars + line.length + 1 > NOTE_LIMITS.prompt_chars) continue;
    lines.push(line);
    chars += line.length + 1;
  }
  return lines.join("\n");
}

function runsOf({ runs, run_count }: Note): string {
  const shown = runs.slice(0, RUNS_SHOWN).map(({ run }) => cleanText(path.posix.basename(run), RUN_CHARS));
  return run_count > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}
