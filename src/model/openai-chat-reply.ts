import { asArray, asRecord, asString, at, type JsonRecord } from "../util/narrow.ts";
import { ErrorAnswer } from "./error-answer.ts";
import type { ChatReply } from "./model.ts";
import { cutOff, malformed } from "./reply-errors.ts";
import { readChatUsage } from "./wire-usage.ts";

/** What a message may hold in place of text. */
const OTHER_CONTENT = ["refusal", "reasoning_content", "reasoning", "tool_calls"];

/** Reads a whole completion. Throws ModelError `malformed_reply`. */
export function readCompletion(completion: unknown): ChatReply {
  if (at(completion, "error") != null) throw new ErrorAnswer(null, null, at(completion, "error"));
  const choice = firstChoice(completion);
  const message = asRecord(choice?.message);
  if (message === undefined || ["content", ...OTHER_CONTENT].every((key) => message[key] === undefined)) {
    throw malformed("a completion with a message");
  }
  return reply(
    { text: textOf(message.content), refusal: asString(message.refusal) ?? "" },
    choice?.finish_reason,
    at(completion, "usage"),
    at(completion, "model"),
  );
}

/** Puts a completion together from its stream. Throws ModelError `malformed_reply` or, where the end is missing, `connection`. */
export async function readCompletionStream(chunks: AsyncIterable<unknown>): Promise<ChatReply> {
  const said = { text: "", refusal: "" };
  let chosen = false;
  let finish: unknown = null;
  let usage: unknown;
  let model: unknown;
  for await (const chunk of chunks) {
    usage = at(chunk, "usage") ?? usage;
    model = at(chunk, "model") ?? model;
    const choice = firstChoice(chunk);
    if (choice === undefined) continue;
    chosen = true;
    said.text += textOf(at(choice, "delta", "content"));
    said.refusal += asString(at(choice, "delta", "refusal")) ?? "";
    finish = choice.finish_reason ?? finish;
  }
  if (!chosen) throw malformed("the stream of a completion");
  if (finish === null) throw cutOff();
  return reply(said, finish, usage, model);
}

function reply(
  { text, refusal }: { text: string; refusal: string },
  finish: unknown,
  usage: unknown,
  model: unknown,
): ChatReply {
  const refused = refusal !== "" || finish === "content_filter";
  return {
    text: text === "" ? refusal : text,
    stop_reason: refused ? "refusal" : finish === "length" ? "length" : "end",
    usage: readChatUsage(usage),
    cost_usd: null,
    model: asString(model) ?? null,
  };
}

function firstChoice(value: unknown): JsonRecord | undefined {
  return asRecord(asArray(at(value, "choices"))[0]);
}

/** Text as a string, or as the list of parts that some servers send. */
function textOf(content: unknown): string {
  return (
    asString(content) ??
    asArray(content)
      .map((part) => asString(at(part, "text")) ?? "")
      .join("")
  );
}
