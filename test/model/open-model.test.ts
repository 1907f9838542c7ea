import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatRequest } from "../../src/model/model.ts";
import { openModel } from "../../src/model/open-model.ts";
import { MODEL_DEFAULTS, type ModelOptions } from "../../src/model/options.ts";
import { tempRun } from "../support/temp-run.ts";

const OPTIONS: ModelOptions = { ...MODEL_DEFAULTS, env: { PATH: process.env.PATH }, cwd: "/", now: Date.now };
const REQUEST: ChatRequest = {
  messages: [{ role: "user", text: "hello" }],
  max_output_tokens: 10,
  signal: new AbortController().signal,
};
const SCRIPT = JSON.stringify([{ reply: { text: "ok", usage: { input_tokens: 1000, output_tokens: 100 } } }]);
const PRICES = JSON.stringify({
  "scripted:s.json": { input: 1, output: 10 },
  local: { input: 2, output: 20 },
});

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server of Chat Completions that says how many of its calls were open at most. */
async function chatServer(): Promise<string> {
  const open = { now: 0, most: 0 };
  const server = http.createServer((request, response) => {
    open.now++;
    open.most = Math.max(open.most, open.now);
    request.resume().once("end", () =>
      setTimeout(() => {
        open.now--;
        response.setHeader("content-type", "application/json").end(completion(String(open.most)));
      }, 50),
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

function completion(content: string): string {
  return JSON.stringify({
    id: "c",
    object: "chat.completion",
    created: 0,
    model: "local-7b",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content, refusal: null } }],
    usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
  });
}

describe("opens a model of every kind", () => {
  it("scripted, with a price and a recording that answers the same", async () => {
    const cwd = tempRun({ "s.json": SCRIPT, "prices.json": PRICES });
    const options = { ...OPTIONS, cwd, prices: "prices.json", context_tokens: 5000 };
    const model = await openModel(" scripted:s.json ", { ...options, record_to: "replies" });
    expect([model.spec, model.context_tokens]).toEqual(["scripted:s.json", 5000]);
    const reply = await model.complete(REQUEST);
    expect(reply).toMatchObject({ text: "ok", cost_usd: 0.002 });
    const replayed = await openModel("recorded:replies", { ...OPTIONS, cwd });
    expect([replayed.spec, replayed.context_tokens]).toEqual(["recorded:replies", 5000]);
    expect(await replayed.complete(REQUEST)).toEqual(reply);
  });

  it("a command, without usage and cost", async () => {
    const model = await openModel("exec:tail -n 1", OPTIONS);
    expect([model.spec, model.context_tokens]).toEqual(["exec:tail -n 1", null]);
    expect(await model.complete(REQUEST)).toMatchObject({
      text: "Write the next message of the assistant: its text alone, without a heading.",
      usage: { input_tokens: null, output_tokens: null },
      cost_usd: null,
    });
  });

  it("a server's, so many calls at a time", { timeout: 30_000 }, async () => {
    const cwd = tempRun({ "prices.json": PRICES });
    const base_url = await chatServer();
    const options = { ...OPTIONS, cwd, base_url, prices: "prices.json", concurrency: 3 };
    const model = await openModel("openai/local", options);
    const replies = await Promise.all(Array.from({ length: 8 }, () => model.complete(REQUEST)));
    expect(Math.max(...replies.map(({ text }) => Number(text)))).toBe(3);
    expect(replies[0]).toMatchObject({ model: "local-7b", stop_reason: "end", cost_usd: 0.004 });
  });

  it("a provider's, whose context is known", async () => {
    const model = await openModel("openai/gpt-5", { ...OPTIONS, env: { OPENAI_API_KEY: "unused" } });
    expect([model.spec, model.context_tokens]).toEqual(["openai/gpt-5", 400_000]);
    const claude = await openModel("anthropic/claude-opus-4-5", {
      ...OPTIONS,
      env: { ANTHROPIC_API_KEY: "unused" },
    });
    expect([claude.spec, claude.context_tokens]).toEqual(["anthropic/claude-opus-4-5", 200_000]);
  });
});

it("keeps the waiting from calling once it is aborted", async () => {
  const cwd = tempRun({
    "slow.mjs": "export default () => new Promise((done) => setTimeout(() => done('ok'), 300));",
  });
  const model = await openModel("scripted:slow.mjs", { ...OPTIONS, cwd, concurrency: 1 });
  const controller = new AbortController();
  const first = model.complete(REQUEST);
  const second = model.complete({ ...REQUEST, signal: controller.signal });
  controller.abort();
  await expect(second).rejects.toMatchObject({ failure: "aborted" });
  expect((await first).text).toBe("ok");
});

it.each<[string, Partial<ModelOptions>, string, string]>([
  ["gpt-5", {}, "bad_argument", 'no model "gpt-5": write openai/gpt-5'],
  [
    "exec:cat",
    { base_url: "http://localhost/v1" },
    "bad_argument",
    "a base URL is for openai/ and anthropic/ models; exec: has no server",
  ],
  [
    "recorded:x",
    { record_to: "y" },
    "bad_argument",
    "replies of a recording are recorded already; leave out --record",
  ],
  [
    "exec:cat",
    { concurrency: 0 },
    "bad_argument",
    "the calls to a model at a time must be a whole number from 1",
  ],
])("refuses %s with %j", async (spec, given, code, message) => {
  await expect(openModel(spec, { ...OPTIONS, ...given })).rejects.toMatchObject({ code, message });
});

it("needs a key where a provider does", async () => {
  await expect(openModel("openai/gpt-5", { ...OPTIONS, env: {} })).rejects.toMatchObject({
    failure: "missing_key",
  });
});
