import {
  asArray,
  asRecord,
  asString,
  contentText,
  type JsonRecord,
} from "../../src/extract/toolkit/index.ts";
import { exitCode, firstText, firstValue, outputText } from "../_documents/fields.ts";
import { parseJson } from "../_documents/parse.ts";

/** A piece of a message. */
export type Part =
  | { kind: "text" | "thought"; text: string }
  | Call
  | {
      kind: "result";
      id?: string | undefined;
      text: string | null;
      isError: boolean;
      exitCode?: number | undefined;
    };

/** A tool call. */
export interface Call {
  kind: "call";
  tool: string;
  arguments: JsonRecord;
  id?: string | undefined;
}

/** Calls of the Responses API that are named by their type alone. */
const BUILT_IN =
  /^(local_shell|shell|web_search|file_search|code_interpreter|computer|image_generation|apply_patch|tool_search)_call$/;

/** The types of blocks and items that are a call: Anthropic's tool_use, the Responses API's function_call and others. */
export function isCallType(type: string): boolean {
  return (
    /^(?:(?:server_|mcp_)?tool_use|(?:custom_)?tool_call|(?:function|mcp)_call)$/.test(type) ||
    BUILT_IN.test(type)
  );
}

/** The types of blocks and items that answer a call. */
export function isResultType(type: string): boolean {
  return /^(?:function_result|tool_response|(?:\w+_)?tool_result|(?:\w+_)?call_output|(?:\w+_)?tool_output)$/.test(
    type,
  );
}

const NAME_KEYS = ["name", "tool_name", "toolName", "tool", "server_label"];
const CALL_ID_KEYS = ["call_id", "tool_call_id", "toolCallId", "tool_use_id", "tool_id", "id"];
const ARGUMENT_KEYS = ["arguments", "input", "args", "parameters", "action", "operation", "code", "queries"];

/** The parts of a block or item that is a call, a result or reasoning; null where it names no tool. */
export function itemParts(item: JsonRecord, type: string): Part[] | null {
  if (type === "reasoning") return reasoningParts(item);
  if (isResultType(type))
    return [resultPart(item, firstValue(item, ["output", "content", "result", "value"]))];
  const calls = callPart(item, type);
  if (calls.length === 0) return null;
  // Tools that the API itself runs leave their output in the call.
  const output = firstValue(item, ["output", "outputs", "result"]);
  const [call] = calls;
  const own = output === undefined ? [] : [{ ...resultPart(item, output), id: call?.id }];
  return [...calls, ...own];
}

/** A call in any of the shapes: name and arguments beside each other, or under `function`. */
export function callPart(call: JsonRecord | undefined, type = ""): Call[] {
  if (!call) return [];
  const inner = asRecord(call.function) ?? call;
  const tool = firstText(inner, NAME_KEYS) ?? BUILT_IN.exec(type)?.[1];
  if (tool === undefined) return [];
  const args = firstValue(inner, ARGUMENT_KEYS) ?? firstValue(call, ARGUMENT_KEYS);
  return [{ kind: "call", tool, arguments: argumentsOf(args), id: firstText(call, CALL_ID_KEYS) }];
}

/** Arguments as an object: parsed where they are JSON text; text and lists without names are called `input`. */
export function argumentsOf(value: unknown): JsonRecord {
  if (value === undefined || value === null || value === "") return {};
  const record = asRecord(value) ?? (typeof value === "string" ? asRecord(parseJson(value)) : undefined);
  return record ?? { input: value };
}

/** What answers a call. */
export function resultPart(record: JsonRecord, output: unknown): Part & { kind: "result" } {
  return {
    kind: "result",
    id: firstText(record, CALL_ID_KEYS.slice(0, -1)),
    text: contentText(output) ?? outputText(output),
    isError: record.is_error === true || record.isError === true || record.status === "error",
    exitCode: exitCode(record, asRecord(output)),
  };
}

function reasoningParts(item: JsonRecord): Part[] {
  const texts = [...asArray(item.summary), ...asArray(item.content)].map((part) =>
    asString(asRecord(part)?.text),
  );
  const text = firstText(item, ["text", "summary", "content"]);
  return [...texts, text]
    .filter((part) => part !== undefined)
    .map((part) => ({ kind: "thought", text: part }));
}
