import type { ClientOptions } from "@anthropic-ai/sdk";
import type { MessageCreateParamsStreaming } from "@anthropic-ai/sdk/resources/messages";
import { readMessage, readMessageStream } from "./anthropic-reply.ts";
import { createHttpModel } from "./http-model.ts";
import type { HttpModelOptions } from "./http-options.ts";
import { findKey, missingKey, serverUrl, setting } from "./http-server.ts";
import type { ChatMessage, ChatModel, ChatRequest } from "./model.ts";
import { streamOrJson } from "./stream-or-json.ts";
import { CLIENT_TIMEOUT_MS } from "./wire.ts";

const KEY_VARIABLES = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"];
const CACHED = { type: "ephemeral" } as const;

/**
 * A model behind Anthropic's Messages interface, of Anthropic itself or of a compatible server. The key is that of ANTHROPIC_API_KEY or
 * ANTHROPIC_AUTH_TOKEN. Throws ModelError `missing_key` or `rejected_key`, and CodeTracerError `bad_argument` for what is no address.
 */
export async function createAnthropicModel(name: string, options: HttpModelOptions): Promise<ChatModel> {
  const found = findKey(options.spec, options.env, KEY_VARIABLES);
  if (found === null) throw missingKey(options.spec, KEY_VARIABLES);
  const address =
    options.base_url ?? setting(options.env, "ANTHROPIC_BASE_URL") ?? "https://api.anthropic.com";
  const from = options.base_url === null ? "ANTHROPIC_BASE_URL" : "--base-url";
  // The client adds /v1 itself.
  const url = new URL(serverUrl(address, from).href.replace(/\/v1\/?$/, "/"));
  const { Anthropic } = await import("@anthropic-ai/sdk");
  const settings = clientSettings(url.href, found);
  const server = { spec: options.spec, host: url.host, key_variable: found.variable };
  return createHttpModel(server, options, async (request, wire) => {
    const client = new Anthropic({ ...settings, fetch: wire.fetch });
    // Not `messages.create`: it prints its own warnings about old models.
    const call = client.post<AsyncIterable<unknown>>("/v1/messages", {
      body: messageBody(name, request),
      stream: true,
      signal: wire.signal,
    });
    return streamOrJson(call, { stream: readMessageStream, json: readMessage });
  });
}

/** Says everything that the client would else look for in the process's own environment. */
function clientSettings(baseURL: string, found: { variable: string; key: string }): ClientOptions {
  const isKey = found.variable === "ANTHROPIC_API_KEY";
  return {
    baseURL,
    ...(isKey ? { apiKey: found.key } : { authToken: found.key }),
    webhookKey: null,
    openTelemetry: false,
    logLevel: "off",
    maxRetries: 0,
    timeout: CLIENT_TIMEOUT_MS,
    // Gateways know the older header and version only.
    defaultHeaders: { "anthropic-version": "2023-06-01", ...(isKey ? { "x-api-key": found.key } : {}) },
  };
}

/**
 * What is sent. The system prompt and the two newest user messages end cached prefixes: the next call finds the older of them again and writes the
 * newer one. Blank messages are left out, since the interface takes none.
 */
function messageBody(name: string, request: ChatRequest): MessageCreateParamsStreaming {
  const messages = request.messages.filter(({ text }) => text.trim() !== "");
  const system = messages.filter(({ role }) => role === "system");
  const turns = messages.filter(isTurn);
  const cached = turns.filter(({ role }) => role === "user").slice(-2);
  return {
    model: name,
    max_tokens: request.max_output_tokens,
    stream: true,
    system: system.map(({ text }) => ({ type: "text", text, cache_control: CACHED })),
    messages: turns.map((turn) => ({
      role: turn.role,
      content: [
        { type: "text", text: turn.text, ...(cached.includes(turn) ? { cache_control: CACHED } : {}) },
      ],
    })),
  };
}

type Turn = ChatMessage & { role: "user" | "assistant" };

function isTurn(message: ChatMessage): message is Turn {
  return message.role !== "system";
}
