import type { FailedRun, Sign } from "../taxonomy/sign.ts";
import { normalLine } from "./normal-line.ts";

const TASK_CHARS = 200;
const REASONING_CHARS = 300;
const ERRORS = 6;
const SIGNS = 5;
const MAX_CHARS = 2000;
const BOILERPLATE = /^No single rule names this step, but its signs weigh together: /;
/** Clauses that would fit any failed run. */
const GENERAL = /^(?:failed|other error|changes that look wrong .*|a step that is held to be wrong)$/;

/** Exit statuses that say no more than that the agent came to an end of its own. */
const FINISHED = /^(?:success|submit(?:ted)?|finish(?:ed)?|complete[d]?|done|idle|end_turn|stop)$/i;

/** The name of the line that tells the task. What failures have in common is looked for in the others. */
const TASK = "Task: ";
const ERROR = "Errors: ";
const SIGNS_LINE = "Signs: ";
const NO_STEPS = "No steps: ";

/** What clustering reads of a summary: all but the task. `errors` are the error lines, `words` the rest. */
export function readSummary(summary: string): { errors: string[]; words: string } {
  const lines = summary.split("\n").filter((line) => !line.startsWith(TASK));
  return {
    errors: lines
      .filter((line) => line.startsWith(ERROR))
      .flatMap((line) => line.slice(ERROR.length).split(" | ")),
    words: lines
      .filter((line) => !line.startsWith(ERROR))
      .map((line) => line.replace(/^[A-Z][a-z ]+: /, ""))
      .join("\n"),
  };
}

/** A summary without the task: what a model that makes vectors gets. Never empty. */
export function summaryWithoutTask(summary: string): string {
  const text = summary
    .split("\n")
    .filter((line) => !line.startsWith(TASK))
    .join("\n");
  return text === "" ? "nothing is known of this failure" : text;
}

/** The clauses that a summary is made of, without counts: the kinds of its errors and its signs, each once. */
export function clausesOf(summary: string): string[] {
  const lines = summary.split("\n");
  const parts = (name: string): string[] =>
    lines.filter((line) => line.startsWith(name)).flatMap((line) => line.slice(name.length).split(" | "));
  const kinds = parts(ERROR).map((text) => text.split(":", 1)[0] ?? "");
  const signs = [...parts(SIGNS_LINE), ...parts(NO_STEPS)].map((text) =>
    text
      .replace(/ in # steps?\b|, at the onset|, to the end of the run| \([^)]*\)|^# steps of # |\.$/g, "")
      .trim(),
  );
  return [...new Set([...signs, ...kinds])].filter((clause) => clause !== "" && !GENERAL.test(clause));
}

/** A failed run in a few lines of its own words: the task, the step it went wrong at, its errors, the signs, and how it ended. */
export function summaryOf(run: FailedRun, signs: readonly Sign[]): string {
  const { task, diagnosis, extraction } = run.workspace;
  const onset = run.steps[(run.onset_step_id ?? 0) - 1];
  const label = diagnosis.labels.find(
    ({ step_id, label }) => step_id === onset?.step_id && label === "incorrect",
  );
  const reasoning = label?.reasoning.replace(BOILERPLATE, "") ?? "";
  const status = extraction.outcome.exit_status;
  const lines = [
    task === null ? "" : `${TASK}${shortened(task, TASK_CHARS)}`,
    onset === undefined
      ? ""
      : `Went wrong: ${normalLine(onset.name)}${reasoning === "" ? "" : `. ${stepless(reasoning)}`}`,
    field(ERROR, commonErrors(run)),
    field(
      SIGNS_LINE,
      signs.slice(0, SIGNS).map(({ reason }) => stepless(reason)),
    ),
    extraction.empty_reason === null
      ? ""
      : `${NO_STEPS}${shortened(extraction.empty_reason, REASONING_CHARS)}`,
    diagnosis.model === null || diagnosis.strategy === null ? "" : `Better: ${stepless(diagnosis.strategy)}`,
    status === null || FINISHED.test(status) ? "" : `Ended: ${normalLine(status)}`,
  ];
  return lines
    .filter((line) => line !== "")
    .join("\n")
    .slice(0, MAX_CHARS)
    .toWellFormed();
}

/** Those in most steps first; of equal ones the later. */
function commonErrors({ errors }: FailedRun): string[] {
  const counts = new Map<string, { count: number; last: number; text: string }>();
  for (const { normal, kind, step_id } of errors) {
    const text = `${kind.words}: ${normal.replaceAll("|", "/")}`;
    const known = counts.get(text);
    counts.set(text, { count: (known?.count ?? 0) + 1, last: step_id, text });
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || b.last - a.last || (a.text < b.text ? -1 : 1))
    .slice(0, ERRORS)
    .map(({ text }) => text);
}

function field(name: string, parts: readonly string[]): string {
  return parts.length === 0 ? "" : `${name}${parts.join(" | ")}`;
}

/** A text of the diagnosis without the numbers of its steps. */
function stepless(text: string): string {
  const plain = text.replace(/\bsteps? \d+(?:\s*(?:,|and|to|–|-)\s*\d+)*/gi, "a step").replace(/\d+/g, "#");
  return shortened(plain, REASONING_CHARS);
}

function shortened(text: string, chars: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= chars ? line : `${line.slice(0, chars - 1).toWellFormed()}…`;
}
