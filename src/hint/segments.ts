import type { IndexedStep } from "../trajectory/step.ts";
import { firstLine } from "./quoting.ts";

/** One command and what it printed. A screen that shows several commands gives one for each. */
export interface Segment {
  /** The step whose observation the lines stand in. */
  step_id: number;
  /** The step that ran the command. */
  step: IndexedStep;
  /** One line, as typed. */
  command: string;
  /** Verbatim, without blank lines and frames of the recording. */
  lines: readonly string[];
}

/** Outputs of megabytes exist; facts stand at their ends. */
const WINDOW_CHARS = 12_000;
const PROMPT =
  /^(?:\([\w.-]{1,40}\) )?(?:[\w.-]{1,64}@[\w.-]{1,64}:[^\n$#]{0,120}|bash-[\d.]+|sh-[\d.]+)[$#] ?(.*)$/;
const FRAME =
  /^\s*(?:<\/?(?:output|stdout|stderr|result|tool_result|warning|error|output_head|output_tail)>|<(?:returncode|exit_code)>-?\d*<\/\w+>|(?:new|current) terminal (?:output|screen):|exit code:? \d+|\[(?:current working directory|python interpreter|the command)[^\n]*|\((?:bash completed|no output|your command ran)[^\n]*|command running in background with id[^\n]*|file unchanged since last read[^\n]*|chunk id:[^\n]*|wall time:[^\n]*|process exited with code -?\d+|output:|total output lines: \d+)\s*$/i;
/** A prompt that follows an output without a line break. */
const GLUED_PROMPT = /(?:\([\w.-]{1,40}\) )?[\w.-]{1,64}@[\w.-]{1,64}:[^\s$#]{0,120}[$#]\s*$/;
const ECHO = /^> /;
const TYPED_CHARS = 40;

/** The commands of these steps with their outputs, in order, each output once. */
export function segmentsOf(steps: readonly IndexedStep[]): Segment[] {
  const typed = new Map<string, IndexedStep>();
  const shown = new Set<string>();
  let isTerminal = false;
  return steps.flatMap((step, index) => {
    const command = firstLine(step.action);
    if (command !== "") typed.set(key(command), step);
    const lines = windowLines(step.observation ?? "");
    const hasPrompt = lines.some((line) => PROMPT.test(line));
    isTerminal ||= hasPrompt;
    if (command === "" || isOfNext(step, steps[index + 1]) || isTerminal !== hasPrompt) return [];
    const isOwn = !hasPrompt || (lines[0]?.trim() === command && lines.every((line) => !typedAt(line)));
    const own = lines.filter((line, at) => !isFrame(line) && !PROMPT.test(line) && !(hasPrompt && at === 0));
    const found = isOwn ? [{ command, step, lines: own }] : onScreen(lines, typed);
    return found.flatMap((one) => {
      const same = JSON.stringify([one.command, one.lines]);
      const isNew = !shown.has(same);
      shown.add(same);
      return isNew ? [{ ...one, step_id: step.step_id }] : [];
    });
  });
}

/** Some harnesses that give up waiting record the text of the next command twice: whose it is cannot be told from the first. */
function isOfNext(step: IndexedStep, next: IndexedStep | undefined): boolean {
  if (step.observation === null || step.observation !== next?.observation) return false;
  return (
    step.action !== next.action && !(step.tool !== undefined && step.action.startsWith(`${step.tool} {`))
  );
}

/** The commands on a screen that a step typed, with what stands below each. What was typed ahead is no output. */
function onScreen(
  lines: readonly string[],
  typed: ReadonlyMap<string, IndexedStep>,
): Omit<Segment, "step_id">[] {
  const parts: { command: string; step: IndexedStep; lines: string[] }[] = [];
  let current: (typeof parts)[number] | null = null;
  let wrapped = "";
  for (const line of lines) {
    const entered = typedAt(line);
    if (entered !== undefined) {
      const step = typed.get(key(entered));
      const command = step ? firstLine(step.action) : "";
      wrapped = command.startsWith(entered) ? command.slice(entered.length).trim() : "";
      current = step ? { command, step, lines: [] } : null;
      if (current) parts.push(current);
    } else if (wrapped !== "" && wrapped.startsWith(line.trim()))
      wrapped = wrapped.slice(line.trim().length).trim();
    else if (!isFrame(line) && !typed.has(key(line.trim())))
      current?.lines.push(line.replace(GLUED_PROMPT, ""));
  }
  return parts;
}

/** What was typed at the prompt of a line; undefined = it has no prompt. */
function typedAt(line: string): string | undefined {
  return PROMPT.exec(line)?.[1]?.trim();
}

function isFrame(line: string): boolean {
  return line.trim() === "" || FRAME.test(line) || ECHO.test(line);
}

function key(command: string): string {
  return command.slice(0, TYPED_CHARS);
}

function windowLines(text: string): string[] {
  if (text.length <= 2 * WINDOW_CHARS) return text.split("\n");
  return [
    ...text.slice(0, WINDOW_CHARS).split("\n").slice(0, -1),
    ...text.slice(-WINDOW_CHARS).split("\n").slice(1),
  ];
}
