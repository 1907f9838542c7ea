import { asString, contentText } from "../../src/extract/toolkit/index.ts";
import type { Message } from "./message.ts";

/** What came back for a call: named by the call's id, or by the tool in the heading that Cline writes. */
export interface Result {
  id: string | undefined;
  tool: string | undefined;
  text: string;
  is_error: boolean;
}

const HEADING = /^\[([a-z_]\w*)(?:\]| [\s\S]*?\]) Result:/;
const DETAILS = /\s*<environment_details>[\s\S]*?<\/environment_details>\s*/g;
/** Texts that Cline adds to a message and that answer nothing. */
const ADDED =
  /^\s*(?:# (?:task_progress|TODO LIST|todo list)|\[TASK RESUMPTION\]|<task>|\[ERROR\] You did not)/;

/** The results in a message of the user. Text that follows a heading belongs to it. */
export function resultsOf(message: Message): Result[] {
  const results: Result[] = [];
  let current: Result | undefined;
  for (const block of message.blocks) {
    if (block.type === "tool_result") {
      const text = withoutDetails(contentText(block.content) ?? rendered(block.content));
      const is_error = block.is_error === true || isFailure(text);
      results.push({ id: asString(block.tool_use_id), tool: undefined, text, is_error });
      current = undefined;
    } else if (block.type === "text") current = readText(asString(block.text) ?? "", current, results);
    else if (current) current.text = joined(current.text, `[${asString(block.type) ?? "block"}]`);
  }
  return results;
}

function readText(raw: string, current: Result | undefined, results: Result[]): Result | undefined {
  const tool = HEADING.exec(raw)?.[1];
  if (tool !== undefined) {
    const text = withoutDetails(raw.slice(headingEnd(raw)));
    const result = { id: undefined, tool, text, is_error: isFailure(text) };
    results.push(result);
    return result;
  }
  const text = withoutDetails(raw);
  if (text === "" || ADDED.test(text) || current === undefined) return current;
  current.text = joined(current.text, text);
  current.is_error ||= isFailure(text);
  return current;
}

/** A heading alone in its block may quote a command that holds the heading's own end. */
function headingEnd(raw: string): number {
  if (raw.trimEnd().endsWith("] Result:")) return raw.length;
  const end = raw.indexOf("] Result:\n");
  return (end < 0 ? raw.indexOf("] Result:") - 1 : end) + "] Result:\n".length;
}

/** `environment_details`: what the editor shows, repeated in every message. */
export function withoutDetails(text: string): string {
  return text.includes("<environment_details>") ? text.replace(DETAILS, "\n").trim() : text;
}

function rendered(content: unknown): string {
  return content === undefined || content === null ? "" : JSON.stringify(content);
}

function joined(before: string, text: string): string {
  return before === "" ? text : `${before}\n${text}`;
}

function isFailure(text: string): boolean {
  return /^(?:The tool execution failed with the following error:|\{"status":\s*"error")/.test(text);
}

/** The exit code that Roo Code prints before the output of a command. */
export function exitCodeOf(text: string): number | undefined {
  if (!/^Command /.test(text)) return undefined;
  const [head = ""] = text.split(/\nOutput:/, 1);
  const code = /[Ee]xit code: (-?\d+)/.exec(head)?.[1];
  return code === undefined ? undefined : Number(code);
}
