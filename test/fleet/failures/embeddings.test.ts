import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { clusterFailures, embedFailures } from "../../../src/fleet/failures/clusters.ts";
import { embeddingSpec } from "../../../src/fleet/failures/embeddings/embedding-spec.ts";
import { mulberry32, seedFor } from "../../../src/stats/prng.ts";
import { asArray, asString } from "../../../src/util/narrow.ts";
import { tempRun } from "../../support/temp-run.ts";
import { quickClock } from "../../support/wire-servers/clock.ts";
import {
  type Answer,
  cut,
  json,
  startServer,
  text,
  type WireServer,
} from "../../support/wire-servers/server.ts";
import { failed, planted } from "./made-failures.ts";

let server: WireServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const WORDS = ["module", "edit", "host", "repeat"];

const LENGTH = 32;

/** A small honest embedding: a direction for each of four words that a text holds, and some noise of its own. */
function vectorOf(input: string): number[] {
  const noise = mulberry32(seedFor(0, input));
  const vector = Array.from({ length: LENGTH }, () => 0.2 * (noise() - 0.5));
  for (const word of WORDS.filter((one) => input.includes(one))) {
    const direction = mulberry32(seedFor(1, word));
    for (const [at, value] of vector.entries()) vector[at] = value + direction() - 0.5;
  }
  return vector;
}

function inputs(): string[] {
  return asArray(server?.sent.at(-1)?.body.input).map((input) => asString(input) ?? "");
}

/** Answers with the vectors of what was asked, changed by `change`. */
function vectors(
  change: (list: { index: number; embedding: unknown }[]) => unknown = (list) => list,
): Answer {
  return (response) => {
    const list = inputs().map((input, index) => ({ object: "embedding", index, embedding: vectorOf(input) }));
    json(200, {
      object: "list",
      data: change(list),
      model: "toy",
      usage: { prompt_tokens: 1, total_tokens: 1 },
    })(response);
  };
}

const FACTS = planted(40, 9).facts;
const SUMMARIES = new Set(FACTS.map(({ failure }) => (failure?.summary ?? "").replace(/^Task: .*\n/, "")))
  .size;

const ENV = { OPENAI_API_KEY: "key-of-the-tests" };

function ask(
  facts: typeof FACTS,
  cache_folder: string | null,
  env: Record<string, string> = ENV,
  clock = quickClock(),
) {
  const options = {
    env,
    timeout_ms: 5_000,
    max_retries: 2,
    signal: new AbortController().signal,
    cache_folder,
    clock,
  };
  return embedFailures(facts, `${server?.url}/v1#toy`, options);
}

/** What embedding comes to against these answers. */
async function outcome(
  answers: readonly Answer[],
  { cache = null, env = ENV }: { cache?: string | null; env?: Record<string, string> } = {},
) {
  server = await startServer(answers);
  const clock = quickClock();
  try {
    const made = await ask(FACTS, cache, env, clock);
    return { made, calls: server.sent.length, waits: clock.waits };
  } catch (error) {
    return { error: error as Error & { failure?: string }, calls: server.sent.length, waits: clock.waits };
  }
}

describe("embedFailures", () => {
  it("sends each text once, in batches, without its task", async () => {
    const { made, calls } = await outcome([vectors()]);
    expect(made?.sent_texts).toBe(SUMMARIES);
    expect(calls).toBe(Math.ceil(SUMMARIES / 16));
    expect(made?.of.size).toBe(new Set(FACTS.map(({ failure }) => failure?.summary)).size);
    for (const { path: place, headers, body } of server?.sent ?? []) {
      expect(place).toBe("/v1/embeddings");
      expect(headers.authorization).toBe("Bearer key-of-the-tests");
      expect(body).toMatchObject({ model: "toy", encoding_format: "float" });
      expect(JSON.stringify(body.input)).not.toContain("Task:");
    }
  });

  it("gives clusters by what the vectors say", async () => {
    const { made } = await outcome([vectors()]);
    const found = clusterFailures(FACTS, {
      resamples: 0,
      shuffles: 1,
      ...(made === undefined ? {} : { embedded: made }),
    });
    expect(found).toMatchObject({ vectors: "toy", dimensions: LENGTH, verdict: "clear" });
    expect(found.clusters).toHaveLength(4);
  });

  it("keeps vectors between calls, also past a line that was cut off", async () => {
    const cache = path.join(tempRun({}), "embeddings");
    const first = await outcome([vectors()], { cache });
    const again = (facts: typeof FACTS) => ask(facts, cache);
    const [file = ""] = fs.readdirSync(cache);
    fs.appendFileSync(path.join(cache, file), '{"text":"ab');
    expect(await again(FACTS)).toEqual({ ...first.made, sent_texts: 0 });
    const more = [...FACTS, failed("new", "Signs: something new")];
    expect(await again(more)).toMatchObject({ sent_texts: 1 });
    expect(await again(more)).toMatchObject({ sent_texts: 0 });
    expect(server?.sent).toHaveLength(first.calls + 1);
  });

  it("asks again for what a reply leaves out", async () => {
    const { made, calls } = await outcome([vectors((list) => list.slice(0, 5)), vectors()]);
    expect(made?.of.size).toBeGreaterThan(0);
    expect([...(made?.of.values() ?? [])].every((vector) => vector.length === LENGTH)).toBe(true);
    expect(calls).toBe(Math.ceil(SUMMARIES / 16) + 1);
  });

  it("puts vectors that come in another order where they belong", async () => {
    const straight = await outcome([vectors()]);
    await server?.close();
    const turned = await outcome([vectors((list) => [...list].reverse())]);
    expect(turned.made?.of).toEqual(straight.made?.of);
  });

  it("waits as long as a busy server says", async () => {
    const busy = json(429, { error: { message: "Slow down." } }, { "retry-after": "7" });
    expect(await outcome([busy, vectors()])).toMatchObject({
      waits: [7_000],
      made: { sent_texts: SUMMARIES },
    });
  });

  it.each<[string, Answer[], { failure: string; calls: number; says: RegExp }]>([
    ["stays busy", [json(429, {})], { failure: "rate_limited", calls: 3, says: /takes no more calls/ }],
    ["breaks", [json(500, {})], { failure: "server", calls: 3, says: /failed/ }],
    ["is cut off", [cut], { failure: "connection", calls: 3, says: /connection/ }],
    [
      "knows no such model",
      [json(404, { error: { message: "no such model", code: "model_not_found" } })],
      { failure: "unknown_model", calls: 1, says: /no such model/ },
    ],
    [
      "refuses the key",
      [json(401, { error: { message: "bad key" } })],
      { failure: "rejected_key", calls: 1, says: /OPENAI_API_KEY/ },
    ],
    [
      "answers with a page",
      [text(200, "text/html", "<p>hello</p>")],
      { failure: "malformed_reply", calls: 1, says: /embeddings|JSON/ },
    ],
    [
      "sends no list",
      [json(200, { data: "none" })],
      { failure: "malformed_reply", calls: 1, says: /no list of vectors/ },
    ],
    [
      "sends no numbers",
      [vectors((list) => list.map((one) => ({ ...one, embedding: "AAAA" })))],
      { failure: "malformed_reply", calls: 1, says: /not a list of numbers/ },
    ],
    [
      "sends a vector too many",
      [vectors((list) => [...list, { index: 99, embedding: [1] }])],
      { failure: "malformed_reply", calls: 1, says: /not sent/ },
    ],
    [
      "leaves vectors out for good",
      [vectors(() => [])],
      { failure: "malformed_reply", calls: 3, says: /leaves out vectors for 16 of 16 texts, 3 times/ },
    ],
  ])("says so where the server %s", async (_, answers, { failure, calls, says }) => {
    const found = await outcome(answers);
    expect(found.error).toMatchObject({ failure });
    expect(found.error?.message).toMatch(says);
    expect(found.calls).toBe(calls);
    expect(found.error?.message).not.toMatch(/key-of-the-tests|ModuleNotFound/);
  });

  it("says so where vectors differ in length", async () => {
    const odd = vectors((list) => list.map((one) => (one.index === 3 ? { ...one, embedding: [1, 2] } : one)));
    const { error } = await outcome([odd]);
    expect(error?.message).toContain("different lengths (2, 32)");
  });

  it("needs no key for a server of one's own, and one for OpenAI's", async () => {
    expect(await outcome([vectors()], { env: {} })).toMatchObject({ made: { model: "toy" } });
    const options = {
      env: {},
      timeout_ms: 1,
      max_retries: 0,
      signal: new AbortController().signal,
      cache_folder: null,
    };
    await expect(embedFailures([], "openai/text-embedding-3-small", options)).rejects.toMatchObject({
      failure: "missing_key",
    });
  });
});

describe("embeddingSpec", () => {
  it("takes both forms apart", () => {
    expect(embeddingSpec("openai/m", {})).toMatchObject({ model: "m", url: "https://api.openai.com/v1" });
    expect(embeddingSpec("openai/m", { OPENAI_BASE_URL: "http://h/v1" })).toMatchObject({
      url: "http://h/v1",
    });
    expect(embeddingSpec(" http://h:1/v1#a/b ", {})).toMatchObject({ model: "a/b", url: "http://h:1/v1" });
  });

  it.each(["", "openai/", "anthropic/x", "http://h/v1", "ftp://h#m", "http://h/v1#"])(
    "refuses %j",
    (spec) => {
      expect(() => embeddingSpec(spec, {})).toThrow(/--embeddings takes/);
    },
  );
});
