import {
  asArray,
  asRecord,
  asString,
  contentText,
  type LineSpan,
  type Ref,
  type RunFiles,
  type Step,
} from "../../src/extract/toolkit/index.ts";
import { type Conversation, responseText, tokensOf } from "./conversation.ts";
import { type Element, elementsOf, linesWithin } from "./elements.ts";

/** What a session file says beside its steps. */
export interface SessionFacts {
  session_id: string | null;
  /** The steps that started a sub-agent, by the sub-agent's id. */
  spawned: ReadonlyMap<string, Step>;
}

/** Reads a session file that is one object: `{sessionId, projectHash, messages: [...]}`. */
export function readSession(run: RunFiles, path: string, conversation: Conversation): SessionFacts {
  const text = run.text(path);
  const { elements, isWhole } = elementsOf(text, "messages");
  if (!isWhole) run.report({ message: "the session file is cut off: its last message was left out", path });
  return {
    ...readMessages(elements, path, conversation),
    session_id: /"sessionId"\s*:\s*"([^"\\]+)"/.exec(text)?.[1] ?? null,
  };
}

/**
 * Reads a session file of records: the session's data, then messages. A message is written again whenever it grows;
 * its last state counts, at the place of its first one. Rewinding takes messages out of the conversation, but what
 * they called was executed, so they stay.
 */
export function readRecords(run: RunFiles, path: string, conversation: Conversation): SessionFacts {
  const messages = new Map<string, Element>();
  let session_id: string | null = null;
  let rewinds = 0;
  for (const { value, line_start, line_end } of run.jsonl(path)) {
    const record = asRecord(value) ?? {};
    const set = asRecord(record.$set);
    const id = asString(record.id);
    if (record.$rewindTo !== undefined) rewinds++;
    else if (id !== undefined) messages.set(id, { value: record, text: "", line_start, line_end });
    else session_id ??= asString(record.sessionId) ?? null;
    for (const message of asArray(set?.messages)) {
      const own = asRecord(message);
      const known = asString(own?.id);
      if (own && known !== undefined && !messages.has(known))
        messages.set(known, { value: own, text: "", line_start, line_end });
    }
  }
  if (rewinds > 0)
    run.report({
      message: `the conversation was rewound ${rewinds} times; what was done before stays`,
      path,
    });
  return { ...readMessages([...messages.values()], path, conversation), session_id };
}

function readMessages(messages: readonly Element[], path: string, conversation: Conversation) {
  const spawned = new Map<string, Step>();
  for (const message of messages) {
    const { value } = message;
    const type = asString(value.type);
    const content = contentText(value.content) ?? contentText(value.parts);
    if (type === "user") conversation.prompt(content);
    else if (type === "error") conversation.exitStatus = "error";
    else if (type === "info" && content === "Request cancelled.") conversation.exitStatus = "cancelled";
    else if (type === "gemini" || type === "model" || type === "assistant") {
      conversation.exitStatus = null;
      readTurn(message, content, path, conversation, spawned);
    }
  }
  return { spawned };
}

function readTurn(
  message: Element,
  content: string | null,
  path: string,
  conversation: Conversation,
  spawned: Map<string, Step>,
): void {
  const { value } = message;
  conversation.startTurn();
  conversation.model = asString(value.model) ?? conversation.model;
  for (const thought of asArray(value.thoughts)) {
    const { subject, description } = asRecord(thought) ?? {};
    conversation.think(
      [asString(subject), asString(description)].filter((text) => text !== undefined).join("\n"),
    );
  }
  conversation.think(content);
  const counts = asRecord(value.tokens);
  // A reply whose usage never came is recorded with zeros.
  let tokens = counts && counts.total !== 0 ? tokensOf(countsOf(counts)) : undefined;
  const spans = linesWithin(message, "toolCalls");
  for (const [index, call] of asArray(value.toolCalls).entries()) {
    const step = readCall(
      asRecord(call) ?? {},
      spans[index] ?? message,
      asString(value.timestamp),
      path,
      conversation,
    );
    const agent = asString(asRecord(call)?.agentId);
    if (agent !== undefined) spawned.set(agent, step);
    if (tokens) step.tokens = tokens;
    tokens = undefined;
  }
}

function countsOf({ input, output, cached, thoughts }: Readonly<Record<string, unknown>>) {
  return { input, output, cached, reasoning: thoughts };
}

function readCall(
  call: Readonly<Record<string, unknown>>,
  { line_start, line_end }: LineSpan,
  started_at: string | undefined,
  path: string,
  conversation: Conversation,
): Step {
  const ref: Ref = { path, line_start, line_end };
  const tool = asString(call.name) ?? "unknown";
  const step = conversation.call(
    { id: asString(call.id), tool, args: asRecord(call.args) ?? {}, ref },
    started_at,
  );
  const answer = responseText(call.result) ?? displayed(call.resultDisplay);
  const isFailed = call.status === "error" || call.status === "cancelled";
  if (answer) conversation.answer(step, { ...answer, is_error: isFailed || answer.is_error }, ref);
  else if (isFailed) step.is_error = true;
  return step;
}

/** What the screen showed, where the result itself was not kept. */
function displayed(display: unknown): { text: string; is_error: boolean } | null {
  const text = asString(display) ?? asString(asRecord(display)?.fileDiff);
  return text === undefined || text === "" ? null : { text, is_error: false };
}
