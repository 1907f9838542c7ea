import type { OpenAI } from "openai";
import type { ResponseCreateParamsStreaming } from "openai/resources/responses/responses";
import type { ChatReply, ChatRequest } from "./model.ts";
import { readResponse, readResponseStream } from "./openai-responses-reply.ts";
import { streamOrJson } from "./stream-or-json.ts";
import type { Wire } from "./wire.ts";

/** OpenAI's own least limit. */
const LEAST_OUTPUT_TOKENS = 16;

/** Asks over Responses. The provider is asked to store nothing. */
export async function askResponses(
  client: OpenAI,
  name: string,
  request: ChatRequest,
  wire: Wire,
): Promise<ChatReply> {
  const call = client.responses.create(body(name, request), { signal: wire.signal });
  return streamOrJson(call, { stream: readResponseStream, json: readResponse });
}

function body(name: string, request: ChatRequest): ResponseCreateParamsStreaming {
  const system = request.messages.filter(({ role }) => role === "system");
  const turns = request.messages.filter(({ role }) => role !== "system");
  return {
    model: name,
    instructions: system.map(({ text }) => text).join("\n\n"),
    input: turns.map(({ role, text }) => ({ role, content: text })),
    max_output_tokens: Math.max(request.max_output_tokens, LEAST_OUTPUT_TOKENS),
    store: false,
    stream: true,
  };
}
