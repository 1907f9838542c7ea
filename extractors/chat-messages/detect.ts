import { asArray, type Detection, NOT_MINE, type RunFiles } from "../../src/extract/toolkit/index.ts";
import type { Document } from "../_documents/places.ts";
import { headOf } from "../_documents/rows.ts";
import { conversationOf, messagesPath } from "./conversation.ts";
import type { Message } from "./message.ts";
import { readSteps } from "./steps.ts";

/** The least that may be chosen: every reader of a format of its own is surer. */
const CONFIDENCE = 0.5;
const MAX_RUNS = 20;
/** Of the lines of a log; the others are settings and events. */
const MIN_SHARE = 0.3;

/** Looks whether the head of the file holds messages, and an executed action among them. */
export function detect(run: RunFiles): Detection {
  const path = run.focus;
  if (path === null || /\.traj(?:\.json)?$/.test(path)) return NOT_MINE;
  const head = headOf(run, path, /"(?:role|from|type)"\s*:\s*"/);
  if (!head) return NOT_MINE;
  const conversations = conversationsIn(head.values, path);
  const messages = conversations.flat();
  if (messages.length === 0) return NOT_MINE;
  if (conversations.some((conversation) => readSteps(conversation).steps.length > 0))
    return {
      confidence: CONFIDENCE,
      reason: "generic reading: chat messages with executed actions, no known agent",
    };
  if (!head.isWhole && !messages.some(({ role }) => role === "assistant"))
    return {
      confidence: CONFIDENCE,
      reason: "generic reading: chat messages of a long file, no known agent",
    };
  return { confidence: 0, reason: "chat messages, but no executed action" };
}

function conversationsIn(values: readonly unknown[], path: string): Message[][] {
  const ref = { path, line_start: 1, line_end: 1 };
  const document = (value: unknown): Document => ({ value, ref, text: null });
  const runs = values
    .flatMap((value) => (messagesPath(value) === null ? asArray(value) : [value]))
    .filter((value) => messagesPath(value) !== null);
  if (runs.length === 0) {
    const { messages } = conversationOf(values.map(document));
    return values.length > 1 && messages.length >= MIN_SHARE * values.length ? [messages] : [];
  }
  return runs.slice(0, MAX_RUNS).map((value) => conversationOf([document(value)]).messages);
}
