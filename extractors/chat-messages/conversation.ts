import { asArray, asRecord, at, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { type Document, entriesOf, type Placed } from "../_documents/places.ts";
import type { RunShape } from "../_documents/rows.ts";
import { type Message, toMessage } from "./message.ts";

/** A run's messages and the record that wraps them. */
export interface Conversation {
  messages: Message[];
  wrapper: JsonRecord | undefined;
}

const LIST_KEYS = [
  "messages",
  "conversation",
  "conversations",
  "chat_history",
  "history",
  "trajectory",
  "transcript",
  "chat",
  "dialogue",
  "turns",
  "items",
  "input",
  "prompt",
];
const OUTER_KEYS = ["request", "body", "data", "kwargs", "state", "session", "result"];
const PATHS: readonly (readonly string[])[] = [
  ...LIST_KEYS.map((key) => [key]),
  ...OUTER_KEYS.flatMap((outer) => [
    [outer, "messages"],
    [outer, "input"],
  ]),
  ["request", "body", "messages"],
];

/** What the model answered to a request that stands beside it. */
const REPLY_PATHS = [["output"], ["choices"], ["response", "output"], ["response", "choices"]];

/** Where the messages of a document stand; null where it holds no conversation. */
export function messagesPath(value: unknown): readonly string[] | null {
  if (Array.isArray(value)) return isConversation(value) ? [] : null;
  if (!asRecord(value)) return null;
  let best: { path: readonly string[]; length: number } | null = null;
  for (const path of PATHS) {
    const list = asArray(at(value, ...path));
    if (list.length > (best?.length ?? 0) && isConversation(list)) best = { path, length: list.length };
  }
  return best?.path ?? (isConversation(asArray(at(value, "output"))) ? ["output"] : null);
}

const HERE = { path: "", line_start: 1, line_end: 1 };

/** Whether most entries of a list are messages, and the model has a part in them or was asked for one. */
function isConversation(list: readonly unknown[]): boolean {
  const messages = list.map((value) => toMessage({ value, ref: HERE })).filter((message) => message !== null);
  return (
    messages.length > 0 &&
    messages.length >= 0.5 * list.length &&
    messages.some(({ role }) => role !== "system")
  );
}

/** The conversation of a document, or of documents that are a message each. */
export function conversationOf(documents: readonly Document[]): Conversation {
  const [first] = documents;
  const path = first && documents.length === 1 ? messagesPath(first.value) : null;
  const wrapper = documents.length === 1 ? asRecord(first?.value) : undefined;
  const placed = first && (path ?? first.saved) ? entriesOf(first, path ?? []) : documents;
  const replies = first && path && path[0] !== "output" ? repliesOf(first) : [];
  const messages = toMessages(placed);
  return { messages: [...messages, ...withoutKnown(toMessages(replies), messages)], wrapper };
}

function toMessages(placed: readonly Placed[]): Message[] {
  return placed.map(toMessage).filter((message) => message !== null);
}

function repliesOf(document: Document): Placed[] {
  for (const path of REPLY_PATHS) {
    const list = asArray(at(document.value, ...path));
    if (list.length === 0) continue;
    const entries = entriesOf(document, path);
    if (path.at(-1) !== "choices") return entries;
    // Further choices were not taken.
    return entries.slice(0, 1).map(({ value, ref }) => ({ value: asRecord(value)?.message, ref }));
  }
  const response = at(document.value, "response");
  return asRecord(response) ? [{ value: response, ref: document.ref }] : [];
}

/** A log may hold the model's answer among the messages already. */
function withoutKnown(replies: readonly Message[], messages: readonly Message[]): Message[] {
  const known = new Set(messages.slice(-replies.length - 1).map(({ parts }) => JSON.stringify(parts)));
  return replies.filter(({ parts }) => parts.length > 0 && !known.has(JSON.stringify(parts)));
}

/** Logs of model calls repeat the conversation with each call: only the fullest of each is a run. */
function distinct(runs: readonly Document[]): Document[] {
  return runs.filter((run, index) => {
    const next = runs[index + 1];
    return !next || !goesOn(listOf(run), listOf(next));
  });
}

function listOf({ value }: Document): readonly unknown[] {
  const path = messagesPath(value);
  return path === null ? [] : asArray(path.length === 0 ? value : at(value, ...path));
}

function goesOn(earlier: readonly unknown[], later: readonly unknown[]): boolean {
  const last = earlier.length - 1;
  if (last < 1 || later.length <= earlier.length) return false;
  const same = (index: number): boolean => JSON.stringify(earlier[index]) === JSON.stringify(later[index]);
  return same(0) && same(last);
}

/** How runs of this format are told apart. */
export const SHAPE: RunShape = {
  isRun: (value) => messagesPath(value) !== null,
  listKeys: LIST_KEYS,
  distinct,
};
