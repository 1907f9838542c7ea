import type { OpenAI } from "openai";
import type { ChatCompletionCreateParamsStreaming } from "openai/resources/chat/completions";
import { answerOf, readAnswer } from "./error-answer.ts";
import type { ChatReply, ChatRequest } from "./model.ts";
import { readCompletion, readCompletionStream } from "./openai-chat-reply.ts";
import { streamOrJson } from "./stream-or-json.ts";
import type { Wire } from "./wire.ts";

/** Asks over Chat Completions. */
export type AskChat = (client: OpenAI, request: ChatRequest, wire: Wire) => Promise<ChatReply>;

/** What servers differ in. */
interface Dialect {
  /** The parameter that limits the reply. */
  limit: "max_tokens" | "max_completion_tokens";
  /** Whether the server is asked to report tokens at a stream's end. */
  asksUsage: boolean;
}

/** How servers say that they do not know a parameter. */
const UNKNOWN_WORDS =
  /\bunsupported\b|\bnot supported\b|\bunrecognized\b|\bunknown\b|\bunexpected\b|\bextra\b|\bnot (?:permitted|allowed)\b/i;

/**
 * Chat Completions of one server. `isOwn` = OpenAI's. What a server turns out not to know is not sent to it again: of the two names for the reply's
 * limit, newer models know one and older servers the other.
 */
export function chatAsker(name: string, isOwn: boolean): AskChat {
  let dialect: Dialect = { limit: isOwn ? "max_completion_tokens" : "max_tokens", asksUsage: true };
  return async (client, request, wire) => {
    const used: Dialect[] = [];
    for (;;) {
      const tried = dialect;
      try {
        const call = client.chat.completions.create(body(name, request, tried), { signal: wire.signal });
        return await streamOrJson(call, { stream: readCompletionStream, json: readCompletion });
      } catch (thrown) {
        used.push(tried);
        const next = otherDialect(tried, thrown);
        if (next === null || used.some((one) => isSame(one, next))) throw thrown;
        dialect = next;
      }
    }
  };
}

function body(
  name: string,
  request: ChatRequest,
  { limit, asksUsage }: Dialect,
): ChatCompletionCreateParamsStreaming {
  return {
    model: name,
    messages: request.messages.map(({ role, text }) => ({ role, content: text })),
    stream: true,
    [limit]: request.max_output_tokens,
    ...(asksUsage ? { stream_options: { include_usage: true } } : {}),
  };
}

/** The dialect without what the server says that it does not know. null = it says nothing of the kind. */
function otherDialect(dialect: Dialect, thrown: unknown): Dialect | null {
  const answer = answerOf(thrown);
  if (answer === null || (answer.status !== 400 && answer.status !== 422)) return null;
  const { names, param, words } = readAnswer(answer);
  if (!names.includes("unsupported_parameter") && !UNKNOWN_WORDS.test(words)) return null;
  const about = param ?? words;
  if (about.includes("stream_options")) return { ...dialect, asksUsage: false };
  if (!about.includes(dialect.limit)) return null;
  return { ...dialect, limit: dialect.limit === "max_tokens" ? "max_completion_tokens" : "max_tokens" };
}

function isSame(one: Dialect, other: Dialect): boolean {
  return one.limit === other.limit && one.asksUsage === other.asksUsage;
}
