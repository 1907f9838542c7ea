import type { IndexedStep } from "../trajectory/step.ts";
import { code, firstLine } from "./quoting.ts";

const PATH_CHARS = 80;
const COMMAND_CHARS = 110;
const HEAD_CHARS = 400;
/** Calls that change a part of a file. */
const EDITS = /old_str|"(?:str_replace|insert)"|^(?:MultiEdit|Edit|apply_patch)\b/;
const KEYS = /^\s*(?:(?:C-[a-z]|\^[A-Z]|Escape|Enter|q|:q!?|sleep\s+[\d.]+)\s*)*$/;

/** Whether an action is keys that only stop, leave or wait. */
export function isKeys(step: IndexedStep): boolean {
  return step.action.length < 40 && KEYS.test(step.action);
}

/** The first file that a step writes, as inline code; null = none is known. */
export function writtenFile(step: IndexedStep | undefined): string | null {
  const path = step?.touches.writes?.[0];
  return path === undefined ? null : code(path, PATH_CHARS);
}

/** Whether an action is another tool's call, whose arguments are better told than quoted. */
export function isToolCall(step: IndexedStep): boolean {
  return step.tool !== undefined && step.action.startsWith(`${step.tool} {`);
}

/** What a step did, going on "it", with its object as inline code. */
export function didWhat(step: IndexedStep): string {
  const path = writtenFile(step);
  const lines = step.action.trim().split("\n");
  const first = firstLine(step.action);
  if (path !== null && isToolCall(step))
    return `${EDITS.test(step.action.slice(0, HEAD_CHARS)) ? "edited" : "wrote"} ${path}`;
  if (path !== null && first.includes("<<")) return `wrote ${path}`;
  if (isToolCall(step)) return `called ${code(step.tool ?? "")}`;
  if (isKeys(step)) return `sent ${code(first)} to the terminal`;
  return lines.length > 1
    ? `ran a script of ${lines.length} lines that begins ${code(first, COMMAND_CHARS)}`
    : `ran ${code(first, COMMAND_CHARS)}`;
}
