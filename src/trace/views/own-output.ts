import type { IndexedStep } from "../../trajectory/step.ts";
import { ends, plainText } from "./plain-text.ts";
import { unlikeHeader } from "./step-header.ts";

const WINDOW_CHARS = 12_000;
const PROMPT_CHARS = 120;
/** A prompt at which nothing was typed. */
const BARE_PROMPT = /^(?:\([\w.-]+\) ?)?\S{1,40}[@:]\S{0,80}[#$%]$/;
const WRAPPER =
  /^(?:<\/?(?:output|stdout|stderr|result|tool_result)>|<(?:returncode|exit_code)>-?\d*<\/\w+>|(?:new|current) terminal (?:output|screen):)$/i;
const SCREEN_LINES_LEAST = 3;
const SCREEN_TRIES = 50;
const ECHO_CHARS = 60;
const ECHO_ALONE_CHARS = 8;
const FOLDED_LINES_LEAST = 5;
const REPEATED_LEAST_CHARS = 40;

/** What a step printed, for a reader who has read the steps before it. */
export interface OwnOutput {
  /** Without blank lines, frames of the recording, and what the screen still showed of earlier. */
  lines: readonly string[];
  /** The earlier step with just this output; null = none. */
  as_step: number | null;
}

/** The outputs of all steps, in step order. An observation that is not recorded has no lines. */
export function ownOutputs(steps: readonly IndexedStep[]): OwnOutput[] {
  const firstWith = new Map<string, number>();
  const typed = typedLines(steps);
  let screen: readonly string[] = [];
  return steps.map((step, index) => {
    const shown = shownLines(step.observation);
    const fresh = withoutScreen(shown, screen);
    if (step.observation !== null) screen = shown;
    const lines = folded(withoutEcho(fresh, step, typed[index] ?? new Set()));
    const text = lines.join("\n");
    const as_step = text.length < REPEATED_LEAST_CHARS ? null : (firstWith.get(text) ?? null);
    if (as_step === null) firstWith.set(text, step.step_id);
    return { lines, as_step };
  });
}

function shownLines(observation: string | null): string[] {
  const kept = ends(observation ?? "", WINDOW_CHARS, WINDOW_CHARS);
  const text = kept === null ? (observation ?? "") : `${kept.head}\n…\n${kept.tail}`;
  return unlikeHeader(plainText(text).replace(/<\/output>\s*$/, ""))
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !WRAPPER.test(line));
}

/** A recorded screen begins with what it showed before; only what is new since then is told. */
function withoutScreen(lines: readonly string[], before: readonly string[]): readonly string[] {
  const [first = ""] = lines;
  let longest = 0;
  for (
    let at = before.indexOf(first), tries = 0;
    at >= 0 && tries < SCREEN_TRIES;
    at = before.indexOf(first, at + 1), tries++
  ) {
    let count = 0;
    while (count < lines.length && at + count < before.length && lines[count] === before[at + count]) count++;
    if (at + count >= before.length - 1) longest = Math.max(longest, count);
  }
  return longest < SCREEN_LINES_LEAST || longest === lines.length ? lines : lines.slice(longest);
}

/** The lines that a step's model turn typed up to it: a terminal shows them again. */
function typedLines(steps: readonly IndexedStep[]): ReadonlySet<string>[] {
  let turn: number | undefined;
  let lines = new Set<string>();
  return steps.map((step) => {
    if (step.parallel_group === undefined || step.parallel_group !== turn) lines = new Set();
    turn = step.parallel_group;
    for (const line of step.action.split("\n")) if (line.trim() !== "") lines.add(line.trim());
    return lines;
  });
}

/** Takes out what the terminal repeats of the typed text. Other commands of the same turn stay, shortened: they tell which output is whose. */
function withoutEcho(lines: readonly string[], step: IndexedStep, typed: ReadonlySet<string>): string[] {
  const own = step.action.trim();
  return lines.flatMap((line, index) => {
    if (BARE_PROMPT.test(line)) return index === lines.length - 1 ? ["$"] : [];
    const command = echoed(line, typed);
    if (command === null) return [line];
    return own.includes(command) || line.startsWith(">") ? [] : [`$ ${command.slice(0, ECHO_CHARS)}`];
  });
}

/** The typed line that stands in a line after a prompt, or alone; null = none. */
function echoed(line: string, typed: ReadonlySet<string>): string | null {
  const whole = line.trim();
  if (whole === ">") return "";
  if (whole.length > ECHO_ALONE_CHARS && typed.has(whole)) return whole;
  for (const mark of line.slice(0, PROMPT_CHARS).matchAll(/[#$%>]\s+/g)) {
    const rest = line.slice(mark.index + mark[0].length).trim();
    if (typed.has(rest)) return rest;
  }
  return null;
}

/** Of many lines that follow each other and differ in their figures only, the first and the last stand. */
function folded(lines: readonly string[]): string[] {
  const groups: string[][] = [];
  let last = "";
  for (const line of lines) {
    const shape = line.replace(/\d+/g, "0");
    if (shape === last) groups.at(-1)?.push(line);
    else groups.push([line]);
    last = shape;
  }
  return groups.flatMap((group) =>
    group.length < FOLDED_LINES_LEAST
      ? group
      : [group[0] ?? "", `[… ${group.length - 2} lines like it]`, group.at(-1) ?? ""],
  );
}
