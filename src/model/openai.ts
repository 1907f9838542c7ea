import type { ClientOptions, OpenAI } from "openai";
import { answerOf, readAnswer } from "./error-answer.ts";
import { createHttpModel } from "./http-model.ts";
import type { HttpModelOptions } from "./http-options.ts";
import { findKey, missingKey, serverUrl, setting } from "./http-server.ts";
import type { ChatModel } from "./model.ts";
import { chatAsker } from "./openai-chat.ts";
import { askResponses } from "./openai-responses.ts";
import { CLIENT_TIMEOUT_MS } from "./wire.ts";

const KEY_VARIABLES = ["OPENAI_API_KEY"];
const OWN_HOST = "api.openai.com";
/** Sent where a server of one's own needs no key: the client insists on one. */
const NO_KEY = "none";

/**
 * A model behind one of OpenAI's interfaces, of OpenAI itself or of any compatible server. The key is that of OPENAI_API_KEY; other servers may do
 * without. Throws ModelError `missing_key` or `rejected_key`, and CodeTracerError `bad_argument` for what is no address.
 */
export async function createOpenAiModel(name: string, options: HttpModelOptions): Promise<ChatModel> {
  const address = options.base_url ?? setting(options.env, "OPENAI_BASE_URL") ?? `https://${OWN_HOST}/v1`;
  const url = serverUrl(address, options.base_url === null ? "OPENAI_BASE_URL" : "--base-url");
  const isOwn = url.host === OWN_HOST;
  const found = findKey(options.spec, options.env, KEY_VARIABLES);
  if (found === null && isOwn) throw missingKey(options.spec, KEY_VARIABLES);
  const { OpenAI: Client } = await import("openai");
  const settings = clientSettings(url.href, found?.key ?? NO_KEY, options);
  const askChat = chatAsker(name, isOwn);
  let usesResponses = options.api === "responses" || (options.api === "auto" && isOwn);

  const server = { spec: options.spec, host: url.host, key_variable: found?.variable ?? null };
  return createHttpModel(server, options, async (request, wire) => {
    const client: OpenAI = new Client({ ...settings, fetch: wire.fetch });
    if (!usesResponses) return askChat(client, request, wire);
    try {
      return await askResponses(client, name, request, wire);
    } catch (thrown) {
      if (!lacksInterface(thrown)) throw thrown;
      usesResponses = false;
      return askChat(client, request, wire);
    }
  });
}

/** Whether a server has no such path, as against no such model. */
function lacksInterface(thrown: unknown): boolean {
  const answer = answerOf(thrown);
  const isLacking = answer?.status === 404 || answer?.status === 405 || answer?.status === 501;
  return isLacking && !readAnswer(answer).names.includes("model_not_found");
}

/** Says everything that the client would else look for in the process's own environment. */
function clientSettings(baseURL: string, apiKey: string, options: HttpModelOptions): ClientOptions {
  return {
    baseURL,
    apiKey,
    adminAPIKey: null,
    organization: setting(options.env, "OPENAI_ORG_ID"),
    project: setting(options.env, "OPENAI_PROJECT_ID"),
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
    timeout: CLIENT_TIMEOUT_MS,
  };
}
