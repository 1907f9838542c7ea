import path from "node:path";
import { describe, expect, it } from "vitest";
import { type TokenUsage, UNKNOWN_USAGE } from "../../src/model/model.ts";
import { pricerOf } from "../../src/model/prices.ts";
import { tempRun } from "../support/temp-run.ts";

const usage = (input: number | null, output: number | null, cached = 0, written = 0): TokenUsage => ({
  input_tokens: input,
  cached_input_tokens: cached,
  cache_write_input_tokens: written,
  output_tokens: output,
  reasoning_tokens: null,
});

const OPTIONS = {
  base_url: null as string | null,
  env: {} as Record<string, string>,
  cwd: "/",
  prices: null as string | null,
  now: () => Date.UTC(2026, 8, 1, 10),
};
const PLAIN = usage(10_000, 1000);

describe("the known prices", () => {
  // Dollars of 10,000 tokens in and 1,000 out, and the context.
  it.each([
    ["openai/gpt-5", null, 0.0225, 400_000],
    ["anthropic/claude-opus-4-5", null, 0.075, 200_000],
    ["openai/deepseek-chat", "https://api.deepseek.com", 0.0038, 64_000],
    ["openai/qwen/qwen3-coder", "https://openrouter.ai/api/v1", 0.004, null],
    ["openai/deepseek-chat", null, null, null],
    ["openai/gpt-5", "http://127.0.0.1:8000/v1", null, null],
    ["openai/nobody-knows-it", null, null, null],
    ["anthropic/gpt-5", null, null, null],
    ["exec:claude -p", null, null, null],
    ["scripted:gpt-5", null, null, null],
    ["recorded:gpt-5", null, null, null],
  ])("of %s at %s", async (spec, base_url, cost, context) => {
    const pricer = await pricerOf(spec, { ...OPTIONS, base_url });
    const known = pricer.costOf(PLAIN, null);
    expect(known === null ? null : Number(known.toFixed(9))).toBe(cost);
    expect(pricer.context_tokens).toBe(context);
  });

  it.each<[string, TokenUsage, number | null]>([
    ["cached tokens are cheaper", usage(10_000, 0, 8000), 0.002 * 5 + 0.008 * 0.5],
    ["writing to the cache is dearer", usage(10_000, 0, 0, 8000), 0.002 * 5 + 0.008 * 6.25],
    ["nothing used is nothing paid", usage(0, 0), 0],
    ["input unknown", usage(null, 10), null],
    ["output unknown", usage(10, null), null],
    ["nothing known", UNKNOWN_USAGE, null],
    ["more cached than there was", usage(10, 10, 20), null],
  ])("of parts: %s", async (_, tokens, cost) => {
    const pricer = await pricerOf("anthropic/claude-opus-4-5", OPTIONS);
    const known = pricer.costOf(tokens, null);
    if (cost === null) expect(known).toBeNull();
    else expect(known).toBeCloseTo(cost, 9);
  });

  it("change with the time of the call", async () => {
    const night = { ...OPTIONS, base_url: "https://api.deepseek.com", now: () => Date.UTC(2026, 8, 1, 20) };
    expect((await pricerOf("openai/deepseek-chat", night)).costOf(PLAIN, null)).toBeCloseTo(0.0019, 9);
  });

  it("follow the environment's server, and the name that the server gives", async () => {
    const local = { ...OPTIONS, env: { OPENAI_BASE_URL: "http://localhost:11434/v1" } };
    expect((await pricerOf("openai/gpt-5", local)).costOf(PLAIN, "gpt-5")).toBeNull();
    const alias = await pricerOf("openai/our-alias", OPTIONS);
    expect(alias.costOf(PLAIN, null)).toBeNull();
    expect(alias.costOf(PLAIN, "gpt-5")).toBeCloseTo(0.0225, 9);
  });
});

describe("prices of one's own", () => {
  const folder = tempRun({
    "prices.json": JSON.stringify({
      "gpt-5": { input: 1, output: 2, context_tokens: 1000 },
      "exec:claude -p": { input: 3, cached_input: 0.5, cache_write: 4, output: 5 },
    }),
  });
  const own = { ...OPTIONS, cwd: folder, prices: "prices.json" };

  it.each<[string, TokenUsage, string | null, number | null]>([
    ["openai/gpt-5", PLAIN, null, 0.012],
    ["openai/alias", PLAIN, "gpt-5", 0.012],
    ["exec:claude -p", usage(1e6, 0, 0, 0), null, 3],
    ["exec:claude -p", usage(1e6, 0, 1e6, 0), null, 0.5],
    ["exec:claude -p", usage(1e6, 0, 0, 1e6), null, 4],
    ["exec:claude -p", usage(0, 1e6), null, 5],
    ["exec:claude -p", usage(5, 1, 10), null, null],
    ["exec:claude -p", UNKNOWN_USAGE, null, null],
    ["exec:claude", PLAIN, null, null],
    ["anthropic/claude-opus-4-5", PLAIN, null, 0.075],
  ])("of %s for %j by %s", async (spec, tokens, served, cost) => {
    const known = (await pricerOf(spec, own)).costOf(tokens, served);
    expect(known === null ? null : Number(known.toFixed(9))).toBe(cost);
  });

  it("may name the context", async () => {
    expect((await pricerOf("openai/gpt-5", own)).context_tokens).toBe(1000);
  });

  it.each([
    ["{", "bad_json", ", line 1: no valid JSON: it seems to be cut off"],
    ["[]", "bad_argument", " are not understood: it must be an object of models"],
    ['{"m": 3}', "bad_argument", " are not understood: m must be an object"],
    ['{"m": {"input": 3}}', "bad_argument", " are not understood: m needs input and output"],
    [
      '{"m": {"input": -1, "output": 3}}',
      "bad_argument",
      " are not understood: input of m must be dollars per million tokens",
    ],
    [
      '{"m": {"input": 1, "output": 3, "cached": 1}}',
      "bad_argument",
      " are not understood: m has cached, which is none of input, cached_input, cache_write, output, context_tokens",
    ],
  ])("must be as described: %s", async (text, code, complaint) => {
    const file = path.join(tempRun({ "bad.json": text }), "bad.json");
    const message = code === "bad_json" ? `${file}${complaint}` : `the prices of ${file}${complaint}`;
    await expect(pricerOf("openai/gpt-5", { ...OPTIONS, prices: file })).rejects.toMatchObject({
      code,
      message,
    });
  });

  it("must be there", async () => {
    await expect(pricerOf("openai/gpt-5", { ...OPTIONS, prices: "/nowhere.json" })).rejects.toMatchObject({
      code: "unreadable",
      message: "the prices of /nowhere.json cannot be read; give a JSON file with --prices",
    });
  });
});
