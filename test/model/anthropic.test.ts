import { afterEach, describe, expect, it, vi } from "vitest";
import { createAnthropicModel } from "../../src/model/anthropic.ts";
import type { HttpModelOptions } from "../../src/model/http-options.ts";
import type { ChatMessage } from "../../src/model/model.ts";
import { messageEvents } from "../support/wire-servers/anthropic.ts";
import { type Answer, events, json, startServer, type WireServer } from "../support/wire-servers/server.ts";

let server: WireServer | undefined;
afterEach(async () => {
  await server?.close();
  vi.restoreAllMocks();
});

const CONVERSATION: ChatMessage[] = [
  { role: "system", text: "Be brief." },
  { role: "user", text: "First?" },
  { role: "assistant", text: "One." },
  { role: "user", text: "Second?" },
  { role: "assistant", text: " \n" },
  { role: "user", text: "Third?" },
];

const OPTIONS: HttpModelOptions = {
  spec: "anthropic/claude-sonnet-4-5",
  base_url: null,
  env: { ANTHROPIC_API_KEY: "key-of-the-tests" },
  timeout_ms: 30_000,
  max_retries: 0,
  api: "auto",
};

async function ask(answer: Answer, { env = OPTIONS.env, path = "", name = "model-1", viaEnv = false } = {}) {
  server = await startServer([answer]);
  const address = `${server.url}${path}`;
  const model = await createAnthropicModel(name, {
    ...OPTIONS,
    ...(viaEnv ? { env: { ...env, ANTHROPIC_BASE_URL: address } } : { env, base_url: address }),
  });
  const { signal } = new AbortController();
  return model.complete({ messages: CONVERSATION, max_output_tokens: 64_000, signal });
}

const fine = events(messageEvents(["Done."]));

describe("createAnthropicModel", () => {
  it("sends the system prompt apart and caches what the next call repeats", async () => {
    await ask(fine);
    const cache_control = { type: "ephemeral" };
    const said = (role: string, text: string, cached = {}) => ({
      role,
      content: [{ type: "text", text, ...cached }],
    });
    expect(server?.sent).toMatchObject([
      {
        path: "/v1/messages",
        headers: {
          authorization: "Bearer key-of-the-tests",
          "x-api-key": "key-of-the-tests",
          "anthropic-version": "2023-06-01",
        },
      },
    ]);
    expect(server?.sent[0]?.body).toEqual({
      model: "model-1",
      max_tokens: 64_000,
      stream: true,
      system: [{ type: "text", text: "Be brief.", cache_control }],
      messages: [
        said("user", "First?"),
        said("assistant", "One."),
        said("user", "Second?", { cache_control }),
        said("user", "Third?", { cache_control }),
      ],
    });
  });

  it.each([
    ["--base-url", { path: "" }],
    ["--base-url with the version", { path: "/v1" }],
    ["--base-url with the version and a slash", { path: "/v1/" }],
    ["ANTHROPIC_BASE_URL", { viaEnv: true }],
  ])("takes the address of %s", async (_, where) => {
    expect(await ask(fine, where)).toMatchObject({ text: "Done." });
    expect(server?.sent[0]?.path).toBe("/v1/messages");
  });

  it("takes a token where there is no key", async () => {
    await ask(fine, { env: { ANTHROPIC_API_KEY: " ", ANTHROPIC_AUTH_TOKEN: "token-of-the-tests" } as never });
    expect(server?.sent[0]?.headers).toMatchObject({ authorization: "Bearer token-of-the-tests" });
    expect(server?.sent[0]?.headers).not.toHaveProperty("x-api-key");
  });

  it("does not warn of a model's age", async () => {
    const warn = vi.spyOn(console, "warn");
    // The client has an end-of-life date for this one.
    await ask(fine, { name: "claude-3-opus-20240229" });
    await ask(fine, { name: "claude-sonnet-4-5" });
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    ["end_turn", "end"],
    ["stop_sequence", "end"],
    ["max_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["refusal", "refusal"],
  ])("reads the stop reason %s as %s", async (stop, stop_reason) => {
    expect(await ask(events(messageEvents(["Done."], { stop })))).toMatchObject({
      text: "Done.",
      stop_reason,
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, (number | null)[]]>([
    [
      "without a cache",
      { input_tokens: 7, output_tokens: 1 },
      { output_tokens: 9 },
      [7, null, null, 9, null],
    ],
    [
      "null for the cache",
      { input_tokens: 7, cache_read_input_tokens: null, output_tokens: 1 },
      { output_tokens: 9 },
      [7, null, null, 9, null],
    ],
    [
      "only at the end",
      {},
      { input_tokens: 7, cache_read_input_tokens: 5, output_tokens: 9 },
      [12, 5, null, 9, null],
    ],
    [
      "a cache that is no count",
      { input_tokens: 7, cache_read_input_tokens: "5", output_tokens: 1 },
      {},
      [null, null, null, 1, null],
    ],
    [
      "more thought than said",
      { input_tokens: 7, output_tokens: 3, output_tokens_details: { thinking_tokens: 4 } },
      {},
      [7, null, null, 3, null],
    ],
  ])("reads usage: %s", async (_, usage, lastUsage, expected) => {
    const reply = await ask(events(messageEvents(["Done."], { usage, lastUsage })));
    expect(Object.values(reply.usage)).toEqual(expected);
  });

  it("reads a reply of a server that does not stream", async () => {
    const message = {
      type: "message",
      model: "claude-test-1",
      content: [
        { type: "thinking", thinking: "hm" },
        { type: "text", text: "Do" },
        { type: "text", text: "ne." },
      ],
      stop_reason: "end_turn",
      usage: { input_tokens: 7, output_tokens: 9 },
    };
    expect(await ask(json(200, message))).toEqual({
      text: "Done.",
      stop_reason: "end",
      usage: {
        input_tokens: 7,
        cached_input_tokens: null,
        cache_write_input_tokens: null,
        output_tokens: 9,
        reasoning_tokens: null,
      },
      cost_usd: null,
      model: "claude-test-1",
    });
  });

  it("names the variables where there is no key", async () => {
    await expect(createAnthropicModel("model-1", { ...OPTIONS, env: {} })).rejects.toMatchObject({
      failure: "missing_key",
      message:
        "anthropic/claude-sonnet-4-5: there is no key. Set ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN in the environment.",
    });
  });

  it("does not send a key that no header can carry", async () => {
    const env = { ANTHROPIC_API_KEY: "two\nlines" };
    const error = await createAnthropicModel("model-1", { ...OPTIONS, env }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ failure: "rejected_key" });
    expect(String(error)).not.toContain("lines");
  });

  it.each([
    "ftp://127.0.0.1",
    "127.0.0.1:8000",
    "http://user:secret@127.0.0.1",
    "http://127.0.0.1?key=secret",
  ])("refuses the address %s", async (base_url) => {
    const call = createAnthropicModel("model-1", { ...OPTIONS, base_url });
    await expect(call).rejects.toMatchObject({
      code: "bad_argument",
      message: expect.not.stringContaining("secret"),
    });
  });
});
