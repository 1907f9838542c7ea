import path from "node:path";
import { CodeTracerError } from "../util/errors.ts";
import { asRecord, asString, at, type JsonRecord } from "../util/narrow.ts";
import type { ChatMessage, ChatReply } from "./model.ts";
import { readJson, readText } from "./read-json.ts";
import { readReply } from "./scripted-reply.ts";

/** What a script says to a chat; null = it has no reply for it. */
export type Script = (messages: readonly ChatMessage[]) => ChatReply | null;

interface Rule {
  /** All of these stand in the system message or the last one of the user. */
  when: readonly string[];
  reply: ChatReply;
  /** How often it replies in one chat. */
  times: number;
}

/**
 * Reads a script of replies, a JSON array or one JSON value a line (`.jsonl`). A reply is a string or `{"text": …, "stop_reason"?: "end" | "length" |
 * "refusal", "usage"?: {"input_tokens": …}, "cost_usd"?: …}`. The script is one of
 * - a list of replies: the first answers the chat without a message of the assistant, the second the one with one, and so on;
 * - a list of rules `{"when"?: "text" or ["text", …], "reply": …, "times"?: 1}`: the first whose texts all stand in the system message or the last
 *   message of the user replies; one that has replied `times` times in this chat is passed over.
 * What is said depends on the chat alone, so that runs can share a script, in whatever order they ask. Throws CodeTracerError
 * `unreadable`, `bad_json` or `bad_argument`.
 */
export function loadScript(file: string): Script {
  const entries = readEntries(file);
  if (!entries.some(({ value }) => at(value, "reply") !== undefined)) {
    const replies = entries.map(({ value, place }) => replyOf(value, place, file));
    return (messages) => replies[repliesIn(messages).length] ?? null;
  }
  const rules = entries.map(({ value, place }) => ruleOf(value, place, file));
  return (messages) => rules.find((rule) => applies(rule, messages))?.reply ?? null;
}

function applies({ when, reply, times }: Rule, messages: readonly ChatMessage[]): boolean {
  const system = messages.find(({ role }) => role === "system")?.text ?? "";
  const asked = messages.findLast(({ role }) => role === "user")?.text ?? "";
  if (!when.every((text) => system.includes(text) || asked.includes(text))) return false;
  return repliesIn(messages).filter(({ text }) => text === reply.text).length < times;
}

function repliesIn(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.filter(({ role }) => role === "assistant");
}

/** `place` names an entry for messages. */
function readEntries(file: string): { value: unknown; place: string }[] {
  const text = readText(file, `the script ${file} cannot be read; check the path after scripted:`);
  if (path.extname(file) === ".jsonl") {
    return text.split("\n").flatMap((line, index) => {
      if (line.trim() === "") return [];
      return [{ value: readJson(line, file, index + 1), place: `line ${index + 1}` }];
    });
  }
  const list = readJson(text, file);
  if (!Array.isArray(list)) throw wrong(file, "it must be an array of replies or of rules");
  return list.map((value: unknown, index) => ({ value, place: `entry ${index + 1}` }));
}

function ruleOf(value: unknown, place: string, file: string): Rule {
  const record = asRecord(value);
  if (record?.reply === undefined) throw wrong(file, `${place} is no rule with a reply, as others are`);
  return {
    when: textsOf(record, place, file),
    reply: replyOf(record.reply, place, file),
    times: timesOf(record, place, file),
  };
}

function textsOf({ when }: JsonRecord, place: string, file: string): string[] {
  if (when === undefined) return [];
  return (Array.isArray(when) ? when : [when]).map((text: unknown) => {
    const string = asString(text);
    if (string === undefined) throw wrong(file, `when of ${place} must be a text or a list of texts`);
    return string;
  });
}

function timesOf({ times }: JsonRecord, place: string, file: string): number {
  if (times === undefined) return Number.POSITIVE_INFINITY;
  if (typeof times !== "number" || !Number.isInteger(times) || times < 1)
    throw wrong(file, `times of ${place} must be a whole number from 1`);
  return times;
}

function replyOf(value: unknown, place: string, file: string): ChatReply {
  const reply = readReply(value);
  if (reply === null)
    throw wrong(
      file,
      `${place} is no reply: a string, or an object with text, and stop_reason end, length or refusal`,
    );
  return reply;
}

function wrong(file: string, what: string): CodeTracerError {
  return new CodeTracerError("bad_argument", `the script ${file} is not understood: ${what}`, { path: file });
}
