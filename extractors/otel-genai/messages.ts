import { asRecord, asString, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { decodeJson, expand, listOf } from "./attributes.ts";
import { callOf, isPart, type Message, newMessage, readPart, resultText } from "./parts.ts";

export type { Call, Message, Result } from "./parts.ts";

/** Deeper nesting than any provider's answer has. */
const MAX_DEPTH = 8;

/** What holds a list of messages, or one, in the requests and answers of the providers and frameworks. */
const WRAPPERS = [
  "messages",
  "contents",
  "choices",
  "candidates",
  "generations",
  "output",
  "message",
  "delta",
  "input",
  "prompt",
];

const ROLES: Readonly<Record<string, string>> = {
  human: "user",
  ai: "assistant",
  AIMessageChunk: "assistant",
  model: "assistant",
  function: "tool",
  developer: "system",
};

/**
 * The messages in a value of any shape: OpenAI chat and responses, Anthropic, Gemini, Bedrock, LangChain, the AI
 * SDK, OpenInference, and the `parts` of the semantic conventions; as JSON text too. Text that is nothing of
 * these is a message of the role that is given.
 */
export function messagesOf(value: unknown, role: string, depth = 0): Message[] {
  if (depth > MAX_DEPTH || value === null || value === undefined) return [];
  const once = decodeJson(value);
  const decoded = once === value ? once : decodeJson(once);
  if (typeof decoded === "string") return decoded === "" ? [] : [{ ...newMessage(role), texts: [decoded] }];
  if (Array.isArray(decoded)) return ofList(decoded, role, depth);
  const record = asRecord(decoded);
  if (!record) return [];
  const found = ofRecord(record, role, depth);
  // JSON that is no message is an answer in itself: a structured output, or a tool's arguments.
  if (found.length === 0 && depth === 0 && typeof value === "string")
    return [{ ...newMessage(role), texts: [value] }];
  return found;
}

function ofList(list: readonly unknown[], role: string, depth: number): Message[] {
  const messages: Message[] = [];
  let open: Message | undefined;
  for (const element of list) {
    const record = asRecord(element);
    const isLoose = record !== undefined && record.role === undefined && isPart(record);
    if (isLoose) {
      if (!open) {
        open = newMessage(role);
        messages.push(open);
      }
      readPart(open, record);
    } else {
      open = undefined;
      messages.push(...messagesOf(element, role, depth + 1));
    }
  }
  return messages;
}

function ofRecord(raw: JsonRecord, role: string, depth: number): Message[] {
  const record = unwrapped(raw);
  if (isMessage(record)) return [ofMessage(record, role)];
  if (isPart(record)) {
    const message = newMessage(role);
    readPart(message, record);
    return [message];
  }
  if (Array.isArray(record.content) && depth > 0 && record.role === undefined)
    return ofList(record.content, role, depth + 1);
  const content = asRecord(record.content);
  if (content) return messagesOf(content, role, depth + 1);
  for (const key of WRAPPERS) {
    const found = messagesOf(record[key], role, depth + 1);
    if (found.length > 0) return found;
  }
  return [];
}

/** OpenInference's `message` and flat keys, and what LangChain serialises. */
function unwrapped(raw: JsonRecord): JsonRecord {
  const record = Object.keys(raw).some((key) => key.startsWith("message.")) ? expand(raw) : raw;
  const kwargs = asRecord(record.kwargs);
  if (record.lc !== undefined && kwargs) return { type: lastOf(record.id), ...kwargs };
  const inner = asRecord(record.message);
  if (inner && (inner.role !== undefined || inner.tool_calls !== undefined)) return inner;
  if (inner?.lc !== undefined) return unwrapped(inner);
  const data = asRecord(record.data);
  return data && typeof record.type === "string" && "content" in data
    ? { type: record.type, ...data }
    : record;
}

function lastOf(id: unknown): string {
  const name = asString(Array.isArray(id) ? id.at(-1) : undefined) ?? "";
  return name.replace(/Message(?:Chunk)?$/, "").toLowerCase();
}

const MESSAGE_TYPES: ReadonlySet<string> = new Set([
  "human",
  "ai",
  "tool",
  "system",
  "AIMessageChunk",
  "message",
]);

function isMessage(record: JsonRecord): boolean {
  if (typeof record.role === "string") return true;
  return MESSAGE_TYPES.has(asString(record.type) ?? "") && "content" in record;
}

function ofMessage(record: JsonRecord, role: string): Message {
  const named = asString(record.role) ?? asString(record.type) ?? role;
  const message = newMessage(ROLES[named] ?? (named === "message" ? role : named));
  for (const key of ["reasoning_content", "reasoning", "thinking"]) {
    const text = asString(record[key]);
    if (text !== undefined && text !== "" && message.reasoning.length === 0) message.reasoning.push(text);
  }
  const parts = record.parts ?? record.contents ?? record.content;
  const answers = asString(record.tool_call_id) ?? asString(record.id);
  if (message.role === "tool" && !hasParts(parts)) {
    const text = parts === undefined ? "" : resultText(parts);
    if (text !== "") message.results.push({ id: answers, tool: asString(record.name), text });
    return message;
  }
  readContent(message, parts);
  const extra = asRecord(record.additional_kwargs);
  const calls = [record.tool_calls, record.toolCalls, extra?.tool_calls]
    .map(listOf)
    .find((list) => list.length > 0);
  for (const call of calls ?? []) readCall(message, call);
  if (message.calls.length === 0) readCall(message, legacyCall(record));
  return message;
}

function hasParts(content: unknown): boolean {
  return listOf(Array.isArray(content) || asRecord(content) ? content : undefined).some((part) => {
    const record = asRecord(part);
    return record !== undefined && isPart(record) && record.type !== "text";
  });
}

function readContent(message: Message, content: unknown): void {
  const decoded = typeof content === "string" ? partsInText(content, message.role) : content;
  if (typeof decoded === "string") {
    if (decoded !== "") message.texts.push(decoded);
    return;
  }
  for (const part of Array.isArray(decoded) ? decoded : listOf(decoded)) {
    const record = asRecord(part);
    if (typeof part === "string") message.texts.push(part);
    else if (record) readPart(message, record);
  }
}

/** Some instrumentations put the list of parts, or of calls, into the text. */
function partsInText(text: string, role: string): unknown {
  if (role !== "assistant" || !/^\s*\[\s*\{/.test(text)) return text;
  const list = decodeJson(text);
  const records = Array.isArray(list) ? list.map(asRecord) : [];
  return records.length > 0 && records.every((part) => part !== undefined && isPart(part)) ? list : text;
}

function readCall(message: Message, value: unknown): void {
  const call = callOf(asRecord(value) ?? {});
  if (call) message.calls.push(call);
}

/** OpenAI's call of before tools, in its own shape and in OpenInference's. */
function legacyCall(record: JsonRecord): JsonRecord | undefined {
  if (typeof record.function_call_name === "string")
    return { name: record.function_call_name, arguments: record.function_call_arguments_json };
  return asRecord(record.function_call);
}
