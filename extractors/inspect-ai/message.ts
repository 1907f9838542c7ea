import {
  asArray,
  asRecord,
  asString,
  contentText,
  type JsonRecord,
  renderAction,
} from "../../src/extract/toolkit/index.ts";
import { joinThoughts } from "../_traj/thinking.ts";

/** A tool call as a message or an event holds it. */
export interface Call {
  id: string | undefined;
  tool: string;
  args: JsonRecord;
  /** What the model's provider ran itself comes with its result. */
  output?: string | undefined;
  isError?: boolean;
}

/** The calls of a message of the model: its own, and those its provider ran while it wrote. */
export function callsOf(message: JsonRecord): Call[] {
  const provided = asArray(message.content)
    .map(asRecord)
    .filter((part) => part?.type === "tool_use")
    .map((part) => providedCall(part ?? {}));
  const own = asArray(message.tool_calls)
    .map(asRecord)
    .filter((call) => call !== undefined)
    .map(callOf);
  return [...provided, ...own];
}

/** A call with `function` and `arguments`, as tool calls and tool events have them. */
export function callOf(record: JsonRecord): Call {
  return {
    id: asString(record.id),
    tool: asString(record.function) ?? "unknown",
    args: argsOf(record.arguments),
  };
}

/** The `action` of a call. Inspect's own `bash` takes its command as `cmd`. */
export function actionOf({ tool, args }: Call): string {
  const cmd = tool === "bash" && args.command === undefined ? asString(args.cmd) : undefined;
  return cmd ?? renderAction(tool, args);
}

function providedCall(part: JsonRecord): Call {
  const tool = asString(part.name) ?? asString(part.tool_type) ?? "unknown";
  const error = asString(part.error);
  const output =
    error ?? asString(part.result) ?? (part.result == null ? undefined : JSON.stringify(part.result));
  return { id: asString(part.id), tool, args: argsOf(part.arguments), output, isError: error !== undefined };
}

/** Arguments that are no object, such as JSON text that the model got wrong, stand under `input`. */
function argsOf(value: unknown): JsonRecord {
  const record = asRecord(value) ?? asRecord(parsed(value));
  if (record) return record;
  return value === undefined || value === null || value === "" ? {} : { input: value };
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** What the model reasoned and said. Reasoning that is encrypted gives its summary. */
export function thoughtsOf(message: JsonRecord): string | undefined {
  const parts = asArray(message.content).map(asRecord);
  const reasoning = parts
    .filter((part) => part?.type === "reasoning")
    .map((part) => (part?.redacted === true ? asString(part.summary) : asString(part?.reasoning)));
  const said =
    typeof message.content === "string" ? [message.content] : parts.filter(isText).map(contentText);
  return joinThoughts([asString(message.reasoning), ...reasoning, ...said]);
}

function isText(part: JsonRecord | undefined): boolean {
  return part?.type === "text";
}

/** What a tool message says, with the error that the tool ended with. */
export function answerOf(message: JsonRecord): { text: string; isError: boolean } {
  const error = asRecord(message.error) ?? asRecord(message.tool_error);
  const said = contentText(message.content) ?? "";
  const complaint = asString(error?.message) ?? asString(message.tool_error) ?? "";
  const text = said.includes(complaint) ? said : [said, complaint].filter((part) => part !== "").join("\n");
  return { text, isError: error !== undefined || complaint !== "" };
}
