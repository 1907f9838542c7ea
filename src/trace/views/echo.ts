import type { IndexedStep } from "../../trajectory/step.ts";
import { isBarePrompt } from "./screen.ts";

const PROMPT_CHARS = 120;
const SHOWN_CHARS = 60;
/** Shorter lines stand in outputs by chance. */
const ALONE_CHARS_LEAST = 8;
const HERE_LINES_LEAST = 3;
/** The first line of an echo may have lost its beginning. */
const PART_CHARS_LEAST = 4;
/** Terminals are wider than this, so a shorter line is not wrapped. */
const WRAPPED_CHARS_LEAST = 30;
/** Of a turn that typed more lines, wrapped ones are not looked for. */
const TURN_LINES_MAX = 2000;

/** What was typed up to a step of a run, trimmed lines. */
export interface Typed {
  /** In the step's own model turn: a terminal shows it again. */
  turn: ReadonlySet<string>;
  /** In all steps so far. It grows as the next ones are read. */
  all: ReadonlySet<string>;
  /** Words that end a here-document. */
  ends: ReadonlySet<string>;
}

/** Reads what the steps typed, in step order. */
export function typedReader(): (step: IndexedStep) => Typed {
  const all = new Set<string>();
  const ends = new Set<string>();
  let turn = new Set<string>();
  let group: number | undefined;
  return (step) => {
    if (step.parallel_group === undefined || step.parallel_group !== group) turn = new Set();
    group = step.parallel_group;
    for (const line of step.action.split("\n"))
      if (line.trim() !== "") {
        turn.add(line.trim());
        all.add(line.trim());
      }
    for (const [, end = ""] of step.action.matchAll(/<<-?\s*\\?["']?([\w.]{1,40})/g)) ends.add(end);
    return { turn, all, ends };
  };
}

/**
 * Takes out the echo of a typed here-document (or of other text of many lines): lines behind `>` that follow its first line, and the bare lines that a busy
 * terminal shows, up to the word that ends them. What a program printed stays, also where it prints the same text.
 */
export function withoutHereEcho(lines: readonly string[], typed: Typed): string[] {
  const shown: string[] = [];
  let follows = true;
  let isOpen = false;
  for (let at = 0; at < lines.length; ) {
    const count = follows ? echoLength(lines, at, typed, isOpen) : 0;
    if (count > 0) {
      at += count;
      isOpen &&= !typed.ends.has((lines[at - 1] ?? "").replace(/^>/, "").trim());
      continue;
    }
    const line = lines[at] ?? "";
    shown.push(line);
    isOpen = line.includes("<<");
    follows = isOpen || echoed(line, typed.all) !== null;
    at++;
  }
  return shown;
}

/** How many lines from here on are echo. `isOpen`: a here-document has begun, so nothing can be printed yet. */
function echoLength(lines: readonly string[], from: number, typed: Typed, isOpen: boolean): number {
  let at = from;
  while (/^>(?:\s|$)/.test(lines[at] ?? "") && isTyped((lines[at] ?? "").slice(1), typed.all)) at++;
  if (at > from) return at - from;
  const whole = bareLength(lines, from, typed, isOpen);
  if (whole > 0) return whole;
  const rest = (lines[from] ?? "").trim();
  const further = rest.length < PART_CHARS_LEAST ? 0 : bareLength(lines, from + 1, typed, isOpen);
  return further > 0 && [...typed.all].some((line) => line.endsWith(rest)) ? further + 1 : 0;
}

/** Typed lines from here on, up to the word that ends them, or all of them in a here-document that is open. */
function bareLength(lines: readonly string[], from: number, { all, ends }: Typed, isOpen: boolean): number {
  let length = 0;
  for (let at = from; at < lines.length && isTyped(lines[at] ?? "", all); at++)
    if (isOpen || ends.has(lines[at]?.trim() ?? "")) length = at + 1 - from;
  return length >= HERE_LINES_LEAST ? length : 0;
}

function isTyped(line: string, typed: ReadonlySet<string>): boolean {
  return line.trim() === "" || typed.has(line.trim());
}

/** Takes out what the terminal repeats of the typed text. Other commands of the same turn stay, shortened: they tell which output is whose. */
export function withoutEcho(
  lines: readonly string[],
  step: IndexedStep,
  typed: ReadonlySet<string>,
): string[] {
  const own = step.action.trim();
  const shown: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (isBarePrompt(line)) continue;
    const wrapped = wrappedEcho(lines, at, typed);
    const command = wrapped?.command ?? echoed(line, typed);
    at += wrapped?.more ?? 0;
    if (command === null) shown.push(line);
    else if (!own.includes(command) && !line.startsWith(">"))
      shown.push(`$ ${command.slice(0, SHOWN_CHARS)}`);
  }
  return shown;
}

/** The typed line that stands in a line after a prompt, or alone; null = none. */
function echoed(line: string, typed: ReadonlySet<string>): string | null {
  const whole = line.trim();
  if (whole === ">") return "";
  if (whole.length > ALONE_CHARS_LEAST && typed.has(whole)) return whole;
  for (const mark of line.slice(0, PROMPT_CHARS).matchAll(/[#$%>]\s+/g)) {
    const rest = line.slice(mark.index + mark[0].length).trim();
    if (typed.has(rest)) return rest;
  }
  return null;
}

/** A typed line that is wider than the terminal: it begins after a prompt and takes `more` lines beyond that. */
function wrappedEcho(
  lines: readonly string[],
  at: number,
  typed: ReadonlySet<string>,
): { command: string; more: number } | null {
  const start = /^\S{1,120}[#$%>] (.+)$/.exec(lines[at] ?? "")?.[1]?.trim() ?? "";
  if (start.length < WRAPPED_CHARS_LEAST || typed.size > TURN_LINES_MAX || typed.has(start)) return null;
  for (const command of typed) {
    if (!command.startsWith(start)) continue;
    const more = linesThatSpell(command.slice(start.length), lines, at + 1);
    if (more !== null) return { command, more };
  }
  return null;
}

/** How many lines from here on spell a text together; null = they do not. */
function linesThatSpell(text: string, lines: readonly string[], from: number): number | null {
  let left = text.trim();
  let at = from;
  for (; left !== "" && at < lines.length; at++) {
    const part = (lines[at] ?? "").trim();
    if (part === "" || !left.startsWith(part)) return null;
    left = left.slice(part.length).trimStart();
  }
  return at - from;
}
