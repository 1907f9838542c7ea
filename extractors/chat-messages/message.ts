import {
  asArray,
  asRecord,
  asString,
  contentText,
  type JsonRecord,
  type Ref,
} from "../../src/extract/toolkit/index.ts";
import type { Placed } from "../_documents/places.ts";
import { callPart, isCallType, isResultType, itemParts, type Part, resultPart } from "./parts.ts";

export type Role = "system" | "user" | "assistant" | "tool";

/** One message or item of a conversation, whatever API's shape it has. */
export interface Message {
  role: Role;
  parts: Part[];
  raw: JsonRecord;
  ref: Ref;
}

const ROLES: Readonly<Record<string, Role>> = {
  system: "system",
  developer: "system",
  user: "user",
  human: "user",
  assistant: "assistant",
  ai: "assistant",
  gpt: "assistant",
  model: "assistant",
  agent: "assistant",
  tool: "tool",
  function: "tool",
  ipython: "tool",
  environment: "tool",
  observation: "tool",
};

/** The message that an entry is or wraps; null where it is none. */
export function toMessage({ value, ref }: Placed): Message | null {
  const outer = asRecord(value);
  if (!outer) return null;
  const raw = unwrapped(outer);
  const type = asString(raw.type) ?? "";
  if (isCallType(type) || isResultType(type) || type === "reasoning") {
    const parts = itemParts(raw, type);
    return parts && { role: isResultType(type) ? "tool" : "assistant", parts, raw, ref };
  }
  const role = roleOf(raw);
  if (role === null || !CONTENT_KEYS.some((key) => key in raw)) return null;
  return { role, parts: messageParts(raw, role), raw, ref };
}

const CONTENT_KEYS = ["content", "tool_calls", "function_call", "value", "text"];

function roleOf(raw: JsonRecord): Role | null {
  for (const key of ["role", "from", "type"]) {
    const name = asString(raw[key])?.toLowerCase();
    if (name !== undefined && Object.hasOwn(ROLES, name)) return ROLES[name] ?? null;
  }
  return null;
}

/** Logs wrap a message in a record of their own: under `message`, LangChain under `data` or `kwargs`. */
function unwrapped(outer: JsonRecord): JsonRecord {
  for (const key of ["message", "data", "kwargs"]) {
    const inner = asRecord(outer[key]);
    if (!inner || !("content" in inner || "role" in inner || "tool_calls" in inner)) continue;
    const named = asArray(outer.id).at(-1);
    const role = /^(Human|AI|System|Tool|Function)Message/.exec(asString(named) ?? "")?.[1]?.toLowerCase();
    const { timestamp = outer.timestamp, role: own = outer.role ?? role ?? outer.type } = inner;
    return { ...inner, role: own, timestamp };
  }
  return outer;
}

function messageParts(raw: JsonRecord, role: Role): Part[] {
  const content = raw.content ?? raw.value ?? raw.text;
  if (role === "tool" && !hasBlock(content, isResultType)) return [resultPart(raw, content)];
  const parts = [...thoughtParts(raw), ...contentParts(content)];
  for (const call of asArray(raw.tool_calls)) parts.push(...callPart(asRecord(call)));
  if (asRecord(raw.function_call)) parts.push(...callPart(asRecord(raw.function_call)));
  return withoutRepeats(parts);
}

function hasBlock(content: unknown, isType: (type: string) => boolean): boolean {
  return asArray(content).some((block) => isType(asString(asRecord(block)?.type) ?? ""));
}

function thoughtParts(raw: JsonRecord): Part[] {
  const thoughts = ["reasoning_content", "reasoning", "thinking", "thought"].flatMap((key) => {
    const text = asString(raw[key]) ?? "";
    return text.trim() === "" ? [] : [text];
  });
  return [...new Set(thoughts)].map((text) => ({ kind: "thought", text }));
}

function contentParts(content: unknown): Part[] {
  if (!Array.isArray(content)) {
    const text = contentText(content);
    return text === null || text.trim() === "" ? [] : [{ kind: "text", text }];
  }
  return content.flatMap((block: unknown): Part[] => {
    const record = asRecord(block);
    const type = asString(record?.type) ?? "";
    if (record && (isCallType(type) || isResultType(type) || type === "reasoning"))
      return itemParts(record, type) ?? [];
    const thinking = asString(record?.thinking);
    if (thinking !== undefined) return thinking.trim() === "" ? [] : [{ kind: "thought", text: thinking }];
    const text = contentText([block]);
    return text === null || text.trim() === "" ? [] : [{ kind: "text", text }];
  });
}

/** LangChain keeps a call both as a block of the content and under tool_calls. */
function withoutRepeats(parts: readonly Part[]): Part[] {
  const seen = new Set<string>();
  return parts.filter((part) => {
    if (part.kind !== "call" || part.id === undefined) return true;
    if (seen.has(part.id)) return false;
    seen.add(part.id);
    return true;
  });
}
