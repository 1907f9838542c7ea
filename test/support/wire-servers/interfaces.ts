import { createAnthropicModel } from "../../../src/model/anthropic.ts";
import type { HttpModelOptions } from "../../../src/model/http-options.ts";
import type { ChatModel, TokenUsage } from "../../../src/model/model.ts";
import { createOpenAiModel } from "../../../src/model/openai.ts";
import { anthropicError, messageEvents } from "./anthropic.ts";
import { completionChunks, openAiError, responseEvents } from "./openai.ts";
import type { WireEvent } from "./server.ts";

/** One of the wire formats: how to open a model on it, and what its servers say. */
export interface WireInterface {
  name: string;
  /** Where it is asked. */
  path: string;
  open(url: string, over?: Partial<HttpModelOptions>): Promise<ChatModel>;
  /** A whole reply of this text with a usage of 330 tokens in, 300 of them cached, and 42 out, 12 of them for reasoning. */
  reply(text: string): WireEvent[];
  /** One that was cut off at the limit. */
  cutAtLimit(text: string): WireEvent[];
  /** One whose usage is this object. */
  withUsage(usage: unknown): WireEvent[];
  usage: TokenUsage;
  /** Input, cached input and output. */
  usageKeys: readonly [string, string, string];
  error(status: number, message: string): unknown;
  errorInStream(message: string): WireEvent;
  unknownModel: unknown;
}

/** Names by which error answers go on the two providers' wires. */
const ANTHROPIC_NAMES: Readonly<Record<number, string>> = {
  401: "authentication_error",
  404: "not_found_error",
  429: "rate_limit_error",
  500: "api_error",
};

const OPTIONS: HttpModelOptions = {
  spec: "test/model-1",
  base_url: null,
  env: { ANTHROPIC_API_KEY: "key-of-the-tests", OPENAI_API_KEY: "key-of-the-tests" },
  timeout_ms: 30_000,
  max_retries: 2,
  api: "chat",
};

const openAi = (api: "chat" | "responses") => ({
  open: (url: string, over: Partial<HttpModelOptions> = {}) =>
    createOpenAiModel("model-1", { ...OPTIONS, base_url: `${url}/v1`, api, ...over }),
  usage: {
    input_tokens: 330,
    cached_input_tokens: 300,
    cache_write_input_tokens: null,
    output_tokens: 42,
    reasoning_tokens: 12,
  },
  error: (_: number, message: string) => openAiError(message),
  errorInStream: (message: string): WireEvent =>
    api === "chat"
      ? [null, { error: { message, code: 502 } }]
      : ["error", { type: "error", code: "server_error", message, param: null, sequence_number: 2 }],
  unknownModel: openAiError("The model `model-1` does not exist", { code: "model_not_found" }),
});

export const WIRE_INTERFACES: readonly WireInterface[] = [
  {
    name: "Anthropic Messages",
    path: "/v1/messages",
    open: (url, over = {}) => createAnthropicModel("model-1", { ...OPTIONS, base_url: url, ...over }),
    reply: (text) => messageEvents(pieces(text)),
    cutAtLimit: (text) => messageEvents(pieces(text), { stop: "max_tokens" }),
    withUsage: (usage) =>
      messageEvents(["Done."], { usage: usage as Record<string, unknown>, lastUsage: {} }),
    usage: {
      input_tokens: 330,
      cached_input_tokens: 300,
      cache_write_input_tokens: 20,
      output_tokens: 42,
      reasoning_tokens: 12,
    },
    usageKeys: ["input_tokens", "cache_read_input_tokens", "output_tokens"],
    error: (status, message) => anthropicError(ANTHROPIC_NAMES[status] ?? "invalid_request_error", message),
    errorInStream: (message) => ["error", anthropicError("overloaded_error", message)],
    unknownModel: anthropicError("not_found_error", "model: model-1"),
  },
  {
    name: "OpenAI Chat Completions",
    path: "/v1/chat/completions",
    ...openAi("chat"),
    reply: (text) => completionChunks(pieces(text)),
    cutAtLimit: (text) => completionChunks(pieces(text), { finish: "length" }),
    withUsage: (usage) => completionChunks(["Done."], { usage }),
    usageKeys: ["prompt_tokens", "prompt_cache_hit_tokens", "completion_tokens"],
  },
  {
    name: "OpenAI Responses",
    path: "/v1/responses",
    ...openAi("responses"),
    reply: (text) => responseEvents(text),
    cutAtLimit: (text) =>
      responseEvents(text, { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }),
    withUsage: (usage) => responseEvents("Done.", { usage }),
    usageKeys: ["input_tokens", "cached_tokens", "output_tokens"],
  },
];

function pieces(text: string): string[] {
  return text.match(/.{1,5}/gs) ?? [];
}
