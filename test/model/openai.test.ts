import { afterEach, describe, expect, it } from "vitest";
import type { HttpModelOptions } from "../../src/model/http-options.ts";
import type { ChatMessage, ChatModel } from "../../src/model/model.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import {
  completionChunks,
  openAiError,
  responseBody,
  responseEvents,
} from "../support/wire-servers/openai.ts";
import { type Answer, events, json, startServer, type WireServer } from "../support/wire-servers/server.ts";

let server: WireServer | undefined;
afterEach(() => server?.close());

const CONVERSATION: ChatMessage[] = [
  { role: "system", text: "Be brief." },
  { role: "user", text: "First?" },
  { role: "assistant", text: "One." },
  { role: "user", text: "Second?" },
];
const OPTIONS: HttpModelOptions = {
  spec: "openai/model-1",
  base_url: null,
  env: { OPENAI_API_KEY: "key-of-the-tests" },
  timeout_ms: 30_000,
  max_retries: 0,
  api: "auto",
};

async function open(answers: readonly Answer[], over: Partial<HttpModelOptions> = {}): Promise<ChatModel> {
  server = await startServer(answers);
  return createOpenAiModel("model-1", { ...OPTIONS, base_url: `${server.url}/v1`, ...over });
}

function ask(model: ChatModel, max_output_tokens = 100) {
  const { signal } = new AbortController();
  return model.complete({ messages: CONVERSATION, max_output_tokens, signal });
}

const chat = events(completionChunks(["Do", "ne."]));
const responses = events(responseEvents("Done."));
const paths = () => server?.sent.map(({ path }) => path);

describe("createOpenAiModel", () => {
  it("asks a server of another over Chat Completions", async () => {
    expect(await ask(await open([chat]))).toMatchObject({ text: "Done." });
    expect(server?.sent).toMatchObject([
      { path: "/v1/chat/completions", headers: { authorization: "Bearer key-of-the-tests" } },
    ]);
    expect(server?.sent[0]?.body).toEqual({
      model: "model-1",
      messages: CONVERSATION.map(({ role, text }) => ({ role, content: text })),
      max_tokens: 100,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("asks over Responses, with nothing stored", async () => {
    expect(await ask(await open([responses], { api: "responses" }), 1)).toMatchObject({ text: "Done." });
    expect(server?.sent[0]?.body).toEqual({
      model: "model-1",
      instructions: "Be brief.",
      input: CONVERSATION.slice(1).map(({ role, text }) => ({ role, content: text })),
      max_output_tokens: 16,
      store: false,
      stream: true,
    });
  });

  it("takes address, organisation and project from the environment, and needs no key for it", async () => {
    server = await startServer([chat]);
    const env = { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_ORG_ID: "org-1", OPENAI_PROJECT_ID: "proj-1" };
    await ask(await createOpenAiModel("model-1", { ...OPTIONS, env }));
    expect(server.sent[0]?.headers).toMatchObject({
      authorization: "Bearer none",
      "openai-organization": "org-1",
      "openai-project": "proj-1",
    });
  });

  it("goes over to Chat Completions for good where there is no Responses", async () => {
    const model = await open([json(404, { detail: "Not Found" }), chat], { api: "responses" });
    expect(await ask(model)).toMatchObject({ text: "Done." });
    expect(await ask(model)).toMatchObject({ text: "Done." });
    expect(paths()).toEqual(["/v1/responses", "/v1/chat/completions", "/v1/chat/completions"]);
  });

  const unsupported = (param: string, instead: string) =>
    json(
      400,
      openAiError(`Unsupported parameter: '${param}'. Use '${instead}' instead.`, {
        code: "unsupported_parameter",
        param,
      }),
    );
  const extra = (param: string) =>
    json(422, {
      detail: [{ loc: ["body", param], msg: "Extra inputs are not permitted", type: "extra_forbidden" }],
    });
  it.each<[string, Answer[], object[]]>([
    [
      "max_tokens",
      [unsupported("max_tokens", "max_completion_tokens"), chat],
      [{ max_tokens: 100 }, { max_completion_tokens: 100 }, { max_completion_tokens: 100 }],
    ],
    [
      "stream_options",
      [extra("stream_options"), chat],
      [{ stream_options: { include_usage: true } }, { max_tokens: 100 }, { max_tokens: 100 }],
    ],
    [
      "both",
      [extra("stream_options"), extra("max_tokens"), chat],
      [
        { max_tokens: 100 },
        { max_tokens: 100 },
        { max_completion_tokens: 100 },
        { max_completion_tokens: 100 },
      ],
    ],
  ])("does not send %s again to a server that does not know it", async (_, answers, bodies) => {
    const model = await open(answers);
    expect(await ask(model)).toMatchObject({ text: "Done." });
    expect(await ask(model)).toMatchObject({ text: "Done." });
    expect(server?.sent.map(({ body }) => body)).toMatchObject(bodies);
    expect(server?.sent.at(-1)?.body).not.toMatchObject(bodies[0] ?? {});
  });

  it("does not change sides for ever", async () => {
    const model = await open([json(400, openAiError("Unsupported: max_tokens and max_completion_tokens"))]);
    await expect(ask(model)).rejects.toMatchObject({ failure: "bad_request" });
    expect(server?.sent.length).toBe(2);
  });

  it.each<[string, HttpModelOptions["api"], Answer, object]>([
    [
      "a refusal in its own words",
      "chat",
      events(completionChunks([], { refusal: "I can't." })),
      { text: "I can't.", stop_reason: "refusal" },
    ],
    [
      "a filter in mid-reply",
      "chat",
      events(completionChunks(["Do"], { finish: "content_filter" })),
      { text: "Do", stop_reason: "refusal" },
    ],
    [
      "a filter before the reply",
      "chat",
      json(400, openAiError("Filtered.", { code: "content_filter" })),
      { text: "", stop_reason: "refusal" },
    ],
    [
      "moderation at a proxy",
      "chat",
      json(403, { error: { code: 403, message: "Your input was flagged" } }),
      { text: "", stop_reason: "refusal" },
    ],
    [
      "a refusal part",
      "responses",
      events(
        responseEvents("", {
          output: [{ type: "message", content: [{ type: "refusal", refusal: "I can't." }] }],
        }),
      ),
      { text: "I can't.", stop_reason: "refusal" },
    ],
    [
      "a response that is filtered",
      "responses",
      events(
        responseEvents("Do", { status: "incomplete", incomplete_details: { reason: "content_filter" } }),
      ),
      { text: "Do", stop_reason: "refusal" },
    ],
    [
      "a prompt that is refused",
      "responses",
      events(responseEvents("", { status: "failed", error: { code: "invalid_prompt", message: "No." } })),
      { text: "", stop_reason: "refusal" },
    ],
  ])("takes for a refusal: %s", async (_, api, answer, expected) => {
    expect(await ask(await open([answer], { api }))).toMatchObject(expected);
  });

  it.each([
    ["server_error", "server"],
    ["rate_limit_exceeded", "rate_limited"],
    ["context_length_exceeded", "context_overflow"],
  ])("reads a response that failed with %s as %s", async (code, failure) => {
    const answer = events(responseEvents("", { status: "failed", error: { code, message: "No." } }));
    await expect(ask(await open([answer], { api: "responses" }))).rejects.toMatchObject({ failure });
  });

  const message = (content: unknown, more: object = {}) =>
    json(200, {
      model: "local",
      choices: [{ message: { role: "assistant", content, ...more }, finish_reason: "stop" }],
    });
  it.each<[string, HttpModelOptions["api"], Answer, string]>([
    ["text", "chat", message("Done."), "Done."],
    [
      "parts",
      "chat",
      message([
        { type: "text", text: "Do" },
        { type: "text", text: "ne." },
      ]),
      "Done.",
    ],
    ["nothing", "chat", message(null), ""],
    ["thought alone", "chat", message(undefined, { reasoning_content: "hm" }), ""],
    ["a response", "responses", json(200, responseBody("Done.")), "Done."],
  ])("reads a reply that is not streamed: %s", async (_, api, answer, text) => {
    expect(await ask(await open([answer], { api }))).toMatchObject({ text, stop_reason: "end" });
  });

  it.each<[string, Answer]>([
    ["no choices", json(200, { choices: [] })],
    ["no message", json(200, { choices: [{ finish_reason: "stop" }] })],
    ["no content", message(undefined)],
    [
      "a stream without choices",
      events([
        [null, { id: "1", choices: [] }],
        [null, "[DONE]"],
      ]),
    ],
  ])("calls a reply malformed that has %s", async (_, answer) => {
    await expect(ask(await open([answer]))).rejects.toMatchObject({ failure: "malformed_reply" });
  });

  it("reads cached tokens in DeepSeek's words, and none that exceed the input", async () => {
    const usage = { prompt_tokens: 50, completion_tokens: 5, prompt_cache_hit_tokens: 40 };
    const counts = async (over: object) => {
      const reply = await ask(
        await open([events(completionChunks(["Done."], { usage: { ...usage, ...over } }))]),
      );
      await server?.close();
      return Object.values(reply.usage);
    };
    expect(await counts({})).toEqual([50, 40, null, 5, null]);
    expect(await counts({ prompt_cache_hit_tokens: 60 })).toEqual([50, null, null, 5, null]);
  });

  it("names the variable where OpenAI's own server needs a key", async () => {
    const base_url = "https://api.openai.com/v1";
    for (const over of [{}, { base_url }]) {
      await expect(createOpenAiModel("model-1", { ...OPTIONS, env: {}, ...over })).rejects.toMatchObject({
        failure: "missing_key",
        message: "openai/model-1: there is no key. Set OPENAI_API_KEY in the environment.",
      });
    }
  });
});
