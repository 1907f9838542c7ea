import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChatReply, ChatRequest } from "../../src/model/model.ts";
import { ModelError } from "../../src/model/model-error.ts";
import { createRateLimiter } from "../../src/model/rate-limit.ts";
import { quickClock } from "../support/wire-servers/clock.ts";
import { WIRE_INTERFACES } from "../support/wire-servers/interfaces.ts";
import {
  type Answer,
  cut,
  cutAfter,
  events,
  json,
  silentAfter,
  slowly,
  startServer,
  text,
  type WireServer,
} from "../support/wire-servers/server.ts";

const SECRET_PROMPT = "the launch code of the reactor is four times seven";

let server: WireServer | undefined;
const printed: unknown[][] = [];

beforeEach(() => {
  printed.length = 0;
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words));
  }
});
afterEach(async () => {
  await server?.close();
  vi.restoreAllMocks();
  expect(printed).toEqual([]);
});

describe.each(WIRE_INTERFACES)("$name", (wire) => {
  const fine = events(wire.reply("All is well."));
  const good: ChatReply = {
    text: "All is well.",
    stop_reason: "end",
    usage: wire.usage,
    cost_usd: null,
    model: wire.name.startsWith("OpenAI") ? "gpt-test-1" : "claude-test-1",
  };

  it("reads a streamed reply", async () => {
    expect(await outcome([fine])).toEqual({ reply: good, calls: 1, waits: [] });
    expect(server?.sent[0]).toMatchObject({ path: wire.path, body: { model: "model-1", stream: true } });
  });

  it("takes an empty text for a reply", async () => {
    expect(await outcome([events(wire.reply(""))])).toMatchObject({ reply: { ...good, text: "" }, calls: 1 });
  });

  it("tells a reply that was cut off at the limit", async () => {
    const reply = { ...good, text: "All is", stop_reason: "length" };
    expect(await outcome([events(wire.cutAtLimit("All is"))])).toMatchObject({ reply, calls: 1 });
  });

  const [input, cached, output] = wire.usageKeys;
  it.each([
    ["strings", { [input]: "many", [cached]: "3", [output]: "7" }],
    ["negative numbers", { [input]: -1, [cached]: -3, [output]: -7 }],
    ["nothing", {}],
    ["no object", "none"],
  ])("says that usage is not known where it is %s", async (_, usage) => {
    const { reply } = await outcome([events(wire.withUsage(usage))]);
    expect(reply?.text).toBe("Done.");
    expect(Object.values(reply?.usage ?? {})).toEqual([null, null, null, null, null]);
  });

  const ok = (waits: number[]) => ({ reply: good, calls: 2, waits });
  const busy = wire.error(429, "Slow down.");
  const broken = wire.error(500, "Something broke.");
  it.each<[string, Answer[], object]>([
    ["429 with retry-after", [json(429, busy, { "retry-after": "7" }), fine], ok([7_000])],
    ["429 with retry-after-ms", [json(429, busy, { "retry-after-ms": "1500" }), fine], ok([1_500])],
    ["429 without a time", [json(429, busy), fine], ok([500])],
    ["529 with retry-after", [json(529, broken, { "retry-after": "2" }), fine], ok([2_000])],
    ["500", [json(500, broken), fine], ok([500])],
    ["502 with a page", [text(502, "text/html", "<html>Bad gateway</html>"), fine], ok([500])],
    ["a cut before the headers", [cut, fine], ok([500])],
    ["a cut in mid-stream", [cutAfter(wire.reply("All is well.").slice(0, 2)), fine], ok([500])],
    ["a stream that ends early", [events(wire.reply("All is well.").slice(0, 2)), fine], ok([500])],
    [
      "an error in the stream",
      [events([...wire.reply("All").slice(0, 2), wire.errorInStream("Overloaded")]), fine],
      ok([500]),
    ],
    ["silence before the headers", [silentAfter([]), fine], ok([500])],
    ["silence in mid-stream", [silentAfter(wire.reply("All is well.").slice(0, 2)), fine], ok([500])],
  ])("tries again after %s", async (what, answers, expected) => {
    expect(await outcome(answers, { timeout_ms: what.startsWith("silence") ? 1_500 : 30_000 })).toEqual(
      expected,
    );
  });

  const failed = (failure: string, status: number | null, calls: number) => ({ failure, status, calls });
  const tooLong = "This model's maximum context length is 4096 tokens. However, your prompt has 9000.";
  it.each<[string, Answer, object]>([
    ["429 for ever", json(429, busy), failed("rate_limited", 429, 3)],
    ["429 for hours", json(429, busy, { "retry-after": "7200" }), failed("rate_limited", 429, 1)],
    [
      "429 without credit",
      json(429, { error: { message: "Pay.", code: "insufficient_quota" } }),
      failed("rate_limited", 429, 1),
    ],
    [
      "429 that says not to try again",
      json(429, busy, { "x-should-retry": "false" }),
      failed("rate_limited", 429, 1),
    ],
    ["500 for ever", json(500, broken), failed("server", 500, 3)],
    ["an error in every stream", events([wire.errorInStream("Overloaded")]), { failure: "server", calls: 3 }],
    ["cuts for ever", cut, failed("connection", null, 3)],
    ["cuts in every stream", cutAfter(wire.reply("All is well.").slice(0, 2)), failed("connection", null, 3)],
    ["silence for ever", silentAfter([]), failed("timeout", null, 3)],
    [
      "a wrong key",
      json(401, wire.error(401, "Incorrect API key provided: key-of-the-tests.")),
      failed("rejected_key", 401, 1),
    ],
    ["a key without rights", json(403, wire.error(403, "No.")), failed("rejected_key", 403, 1)],
    ["an unknown model", json(404, wire.unknownModel), failed("unknown_model", 404, 1)],
    ["a prompt that is too long", json(400, wire.error(400, tooLong)), failed("context_overflow", 400, 1)],
    ["any other 400", json(400, wire.error(400, "Bad temperature.")), failed("bad_request", 400, 1)],
    [
      "events that are no JSON",
      events([...wire.reply("All").slice(0, 2), ["message_delta", "{oops"]]),
      failed("malformed_reply", null, 1),
    ],
    ["an empty body", events([]), failed("malformed_reply", null, 1)],
    [
      "a page in place of a reply",
      text(200, "text/html", "<html>Sign in</html>"),
      failed("malformed_reply", null, 1),
    ],
    ["JSON of another shape", json(200, { hello: "world" }), failed("malformed_reply", null, 1)],
    [
      "a document that is no JSON",
      text(200, "application/json", "{oops"),
      failed("malformed_reply", null, 1),
    ],
  ])("has a clear outcome for %s", async (what, answer, expected) => {
    const result = await outcome([answer], { timeout_ms: what.startsWith("silence") ? 300 : 30_000 });
    expect(result).toMatchObject(expected);
    expect(result.message).toMatch(/^test\/model-1: \S/);
    expect(result.message).not.toMatch(/key-of-the-tests|oops|<html>/);
  });

  it("does not repeat the prompt in a message", async () => {
    const { message } = await outcome([json(400, wire.error(400, `Cannot read "${SECRET_PROMPT}", sorry.`))]);
    expect(message).toMatch(/does not take the request \(HTTP 400\)/);
    expect(message).not.toContain("reactor");
  });

  it("stops when it is aborted: before, during and between calls", async () => {
    server = await startServer([silentAfter([])]);
    const model = await wire.open(server.url);
    await expect(model.complete(requestOf(AbortSignal.abort()))).rejects.toMatchObject({
      failure: "aborted",
    });
    expect(server.sent).toEqual([]);

    const during = new AbortController();
    const call = model.complete(requestOf(during.signal));
    await vi.waitFor(() => expect(server?.sent.length).toBe(1));
    during.abort();
    await expect(call).rejects.toMatchObject({ failure: "aborted", status: null });
    await server.close();

    server = await startServer([json(429, busy, { "retry-after": "500" })]);
    const between = new AbortController();
    const waiting = (await wire.open(server.url)).complete(requestOf(between.signal));
    await vi.waitFor(() => expect(server?.sent.length).toBe(1));
    setTimeout(() => between.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ failure: "aborted" });
  });

  it("lets no other call of the batch begin while the server wants rest", async () => {
    server = await startServer([json(429, busy, { "retry-after": "9" }), fine]);
    const clock = quickClock();
    const limiter = createRateLimiter({ ...clock, concurrency: 1 });
    const model = await wire.open(server.url, { clock, limiter, max_retries: 0 });
    const { signal } = new AbortController();
    const ask = () => limiter.run(() => model.complete(requestOf(signal)), signal);
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    expect(first).toMatchObject({ status: "rejected", reason: { failure: "rate_limited" } });
    expect(second).toMatchObject({ status: "fulfilled", value: good });
    expect(clock.waits).toEqual([9_000]);
  });

  it("keeps a long reply that never falls silent", async () => {
    expect(await outcome([slowly(wire.reply("All is well."), 2_700)], { timeout_ms: 1_800 })).toMatchObject({
      reply: good,
      calls: 1,
    });
  });

  /** What one call comes to: its reply or failure, how often the server was asked, and what was waited for. */
  async function outcome(answers: readonly Answer[], over: { timeout_ms?: number } = {}) {
    server = await startServer(answers);
    const clock = quickClock();
    const model = await wire.open(server.url, { clock, ...over });
    try {
      const reply = await model.complete(requestOf(new AbortController().signal));
      return { reply, calls: server.sent.length, waits: clock.waits };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      const { failure, status, message } = error;
      return { failure, status, message, calls: server.sent.length, waits: clock.waits };
    }
  }
});

function requestOf(signal: AbortSignal): ChatRequest {
  return {
    messages: [
      { role: "system", text: "Be brief." },
      { role: "user", text: SECRET_PROMPT },
    ],
    max_output_tokens: 100,
    signal,
  };
}
