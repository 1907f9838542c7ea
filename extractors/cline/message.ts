import {
  asArray,
  asNumber,
  asRecord,
  asString,
  type JsonRecord,
  type Ref,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import { loadTrajectory } from "../_traj/load.ts";

/** One message of the conversation as the model saw it. */
export interface Message {
  raw: JsonRecord;
  role: "user" | "assistant";
  blocks: readonly JsonRecord[];
  ref: Ref | null;
}

/** A conversation and what stands beside its messages. */
export interface Conversation {
  messages: readonly Message[];
  /** The document around the messages; of a bare list an empty record. */
  root: JsonRecord;
}

/** Reads a list of messages, or the `messages` of a session. What is no message is counted and reported. */
export function readConversation(run: RunFiles, path: string): Conversation {
  const { root, elements, spans } = loadTrajectory(run, path, ["messages"]);
  const messages: Message[] = [];
  let skipped = 0;
  for (const [index, element] of elements.entries()) {
    const raw = asRecord(element);
    const role = raw?.role;
    const span = spans[index];
    if (raw && (role === "user" || role === "assistant"))
      messages.push({ raw, role, blocks: blocksOf(raw.content), ref: span ? { path, ...span } : null });
    else if (role !== "system") skipped++;
  }
  if (skipped > 0) run.report({ message: `${skipped} entries are no messages and were skipped`, path });
  return { messages, root: asRecord(root) ?? {} };
}

function blocksOf(content: unknown): JsonRecord[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  return asArray(content)
    .map((block) => (typeof block === "string" ? { type: "text", text: block } : asRecord(block)))
    .filter((block) => block !== undefined);
}

/** The texts of a message's text blocks. */
export function textsOf(message: Message): string[] {
  return message.blocks
    .filter((block) => block.type === "text")
    .map((block) => asString(block.text) ?? "")
    .filter((text) => text !== "");
}

/** Milliseconds since the epoch as ISO 8601; undefined where the number can be no time of a run. */
export function timeOf(value: unknown): string | undefined {
  const ms = asNumber(value);
  return ms !== undefined && ms > 1e12 && ms < 1e13 ? new Date(ms).toISOString() : undefined;
}
