import { asRecord, asString, contentText, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { decodeJson } from "./attributes.ts";

/** A tool call as a model asked for it. */
export interface Call {
  id: string | undefined;
  tool: string;
  arguments: JsonRecord;
}

/** A tool's answer as a model was given it. */
export interface Result {
  id: string | undefined;
  tool: string | undefined;
  text: string;
  isError?: boolean;
}

/** A message of a conversation, in one shape for all providers. */
export interface Message {
  role: string;
  texts: string[];
  reasoning: string[];
  calls: Call[];
  results: Result[];
}

export function newMessage(role: string): Message {
  return { role, texts: [], reasoning: [], calls: [], results: [] };
}

const CALL_TYPES =
  /^(?:tool[_-]?(?:use|call)|function(?:_call)?|server_tool_(?:use|call)|custom_tool_call|mcp_(?:tool_use|call))$/i;
const RESULT_TYPES =
  /^(?:tool[_-](?:result|call_response)|(?:function|custom_tool)_call_output|server_tool_call_response|mcp_tool_result|\w+_tool_result)$/;
const TEXT_TYPES = /^(?:input_|output_)?text$|^refusal$/;
const REASONING_TYPES = /^(?:thinking|reasoning)$/;

/** Whether a record is a piece of a message: a text, a call, a result. */
export function isPart(record: JsonRecord): boolean {
  const type = asString(record.type) ?? "";
  if (TEXT_TYPES.test(type) || REASONING_TYPES.test(type) || RESULT_TYPES.test(type)) return true;
  if (/image|audio|document|file|blob|^uri$/.test(type)) return true;
  if (callOf(record) || resultOf(record) || asRecord(record.message_content)) return true;
  const keys = Object.keys(record);
  return (
    typeof record.text === "string" &&
    keys.every((key) => /^(?:text|thought|thoughtSignature|thought_signature)$/.test(key))
  );
}

/** Adds a part to its message. What is none, such as an image, is left out. */
export function readPart(message: Message, raw: JsonRecord): void {
  const part = asRecord(raw.message_content) ?? raw;
  const type = asString(part.type) ?? "";
  const call = callOf(part);
  const result = call ? null : resultOf(part);
  if (call) message.calls.push(call);
  else if (result) message.results.push(result);
  else {
    const text = asString(part.text) ?? asString(part.content) ?? asString(part.thinking) ?? summaryOf(part);
    if (text === undefined || text === "") return;
    const isReasoning = REASONING_TYPES.test(type) || part.thought === true;
    (isReasoning ? message.reasoning : message.texts).push(text);
  }
}

function summaryOf(part: JsonRecord): string | undefined {
  return (
    contentText(part.summary) ?? contentText(asRecord(part.reasoningContent)?.reasoningText) ?? undefined
  );
}

/** A call in the shape of any provider; null where the record is none. */
export function callOf(raw: JsonRecord): Call | null {
  const record =
    asRecord(raw.tool_call) ?? asRecord(raw.toolUse) ?? asRecord(raw.functionCall) ?? namedCall(raw) ?? raw;
  const type = asString(record.type) ?? "";
  const fn = asRecord(record.function) ?? asRecord(record.server_tool_call);
  const isCall =
    record !== raw ||
    fn !== undefined ||
    CALL_TYPES.test(type) ||
    "toolCallId" in record ||
    hasCallKeys(record);
  if (!isCall || isAnswer(record, type)) return null;
  const tool = [fn?.name, record.name, record.toolName, record.tool_name].map(asString).find((name) => name);
  if (tool === undefined) return null;
  const ids = [record.call_id, record.toolCallId, record.tool_call_id, record.toolUseId, record.id];
  const given = [fn?.arguments, record.arguments, record.args, record.input, record.parameters];
  return {
    id: ids.map(asString).find((id) => id),
    tool,
    arguments: argumentsOf(given.find((value) => value !== undefined && value !== null)),
  };
}

/** Gemini's `function_call` beside other keys of the part. */
function namedCall(raw: JsonRecord): JsonRecord | undefined {
  const inner = asRecord(raw.function_call);
  return raw.role === undefined ? inner : undefined;
}

/** LangChain's and others' bare `{id, name, args}`. */
function hasCallKeys(record: JsonRecord): boolean {
  return (
    typeof record.name === "string" &&
    record.role === undefined &&
    ("args" in record || "arguments" in record)
  );
}

function isAnswer(record: JsonRecord, type: string): boolean {
  return RESULT_TYPES.test(type) || ("toolCallId" in record && ("result" in record || "output" in record));
}

function resultOf(record: JsonRecord): Result | null {
  const inner =
    asRecord(record.toolResult) ?? asRecord(record.functionResponse) ?? asRecord(record.function_response);
  const type = asString(record.type) ?? "";
  if (!inner && !isAnswer(record, type)) return null;
  const from = inner ?? record;
  const ids = [from.tool_use_id, from.call_id, from.toolCallId, from.tool_call_id, from.toolUseId, from.id];
  const value = [from.content, from.response, from.result, from.output].find((given) => given !== undefined);
  const isError = from.is_error === true || from.isError === true || from.status === "error";
  return {
    id: ids.map(asString).find((id) => id),
    tool: asString(from.name) ?? asString(from.toolName),
    text: resultText(value),
    ...(isError ? { isError } : {}),
  };
}

/** A tool's answer as text: a text as it is, the texts of a list of parts, anything else as JSON. */
export function resultText(value: unknown): string {
  if (typeof value === "string") {
    const inner = /^\s*"/.test(value) ? decodeJson(value) : value;
    return typeof inner === "string" ? inner : value;
  }
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part) => typeof asRecord(part)?.text === "string")
  )
    return contentText(value) ?? "";
  const record = asRecord(value);
  const isValue = record !== undefined && /^(?:text|json|error-text)$/.test(asString(record.type) ?? "");
  if (isValue && "value" in record) return resultText(record.value);
  return value === undefined ? "" : JSON.stringify(value);
}

/** The arguments of a call: an object, or JSON text of one. A bare text stays one, as `input`. */
export function argumentsOf(value: unknown): JsonRecord {
  const decoded = decodeJson(value);
  const record = asRecord(decoded) ?? asRecord(decodeJson(decoded));
  if (record) return { ...record };
  return decoded === undefined || decoded === null || decoded === "" ? {} : { input: decoded };
}
