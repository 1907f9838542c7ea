import { outputWindows, quoteAt } from "../../../trace/step-text.ts";
import type { IndexedStep } from "../../../trajectory/index.ts";
import { type ErrorKind, errorKind } from "./error-kinds.ts";
import { normalLine } from "./normal-line.ts";

/** An error that a step showed. */
export interface ErrorLine {
  step_id: number;
  kind: ErrorKind;
  /** Verbatim from the step's observation. */
  quote: string;
  /** Without paths, numbers and the like. */
  normal: string;
}

const OTHER: ErrorKind = { stage: null, words: "failed", pattern: /^/, isSure: false };
const MAX_LINES = 3;
const MAX_LINES_READ = 400;
const LINE_CHARS = 600;
/** Programs and tools that only show what a file holds: the errors in it are not theirs. */
const SHOWS =
  /^(?:cat|bat|less|more|head|tail|grep|egrep|fgrep|rg|ag|sed|awk|find|ls|tree|jq|git|nl|wc|diff|read|view|open|glob|grep_?\w*|ls_?\w*|read_?\w*|search_?\w*|web_?\w*|task|todo_?\w*|write|edit|multiedit|create|str_replace\w*|notebook\w*)$/i;
/** Blank, or only a tag that a harness puts around outputs. */
const NO_TEXT = /^\s*(?:<\/?[\w-]{1,30}>\s*)*$/;
const NO_ERROR = /\b(?:0|no) (?:errors?|fail(?:ed|ures?)?)\b|^Traceback \(most recent call last\):$/i;

/**
 * The errors that a step shows, from its end, at most three and each once. A step that is not marked as failed counts by lines that can mean
 * nothing else, unless it only shows a file. A failed step without such a line gives its last line.
 */
export function errorLines(step: IndexedStep): ErrorLine[] {
  if (!step.failed && step.touches.programs.every((program) => SHOWS.test(baseName(program)))) return [];
  const parts = outputWindows(step);
  const found = new Map<string, ErrorLine>();
  for (const line of linesFromEnd(parts)) {
    const kind = NO_ERROR.test(line) ? null : errorKind(line);
    if (kind === null || !(step.failed || kind.isSure)) continue;
    note(found, step.step_id, kind, line);
    if (found.size >= MAX_LINES) break;
  }
  if (found.size === 0 && step.failed) {
    const last = linesFromEnd(parts)[0];
    if (last !== undefined) note(found, step.step_id, OTHER, last);
  }
  const lines = [...found.values()];
  const telling = lines.filter(({ kind }) => kind.stage !== null);
  return telling.length > 0 ? telling : lines;
}

function note(found: Map<string, ErrorLine>, step_id: number, kind: ErrorKind, line: string): void {
  const match = kind.pattern.exec(line);
  const quote = quoteAt(line, match?.index ?? 0, Math.max(match?.[0].length ?? 1, 1));
  const normal = normalLine(quote);
  if (quote !== "" && normal !== "" && !found.has(normal))
    found.set(normal, { step_id, kind, quote, normal });
}

/** Last lines first: what a program ends with tells most. */
function linesFromEnd(parts: readonly string[]): string[] {
  const lines = parts.flatMap((part) => part.split("\n"));
  return lines
    .slice(-MAX_LINES_READ)
    .reverse()
    .map((line) => line.slice(0, LINE_CHARS))
    .filter((line) => !NO_TEXT.test(line));
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}
