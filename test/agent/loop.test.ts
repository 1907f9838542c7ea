import { describe, expect, it } from "vitest";
import { openJournal } from "../../src/agent/journal.ts";
import { type LoopResult, runLoop } from "../../src/agent/loop.ts";
import type { LoopLimits, LoopPorts } from "../../src/agent/loop-types.ts";
import type { ChatMessage } from "../../src/model/model.ts";
import { UNKNOWN_USAGE } from "../../src/model/model.ts";
import { ModelError } from "../../src/model/model-error.ts";
import { LIMITS, type Said, SESSION, START, say, scripted } from "./scripted-loop.ts";

/** Runs a loop over a script: how it went, the conversation of each call, the commands, the events. */
async function loop(said: readonly Said[], limits: Partial<LoopLimits> = {}, ports: Partial<LoopPorts> = {}) {
  const script = scripted(said, ports);
  const journal = openJournal(null, SESSION);
  const result = await runLoop(START, script.ports, { ...LIMITS, ...limits }, journal);
  return { ...script, result, events: journal.events, types: journal.events.map((event) => event.type) };
}

const last = (messages: readonly ChatMessage[] | undefined): string => messages?.at(-1)?.text ?? "";
const MALFORMED = (count: number): string =>
  `Your reply held ${count} commands. Reply with your findings and exactly one command in one block:\n\`\`\`sh\nsteps --stage 1-3\n\`\`\``;

describe("the loop", () => {
  it("asks, runs, hands back, until the work is handed in", async () => {
    const said = [say("add a", "First."), say("show"), say("submit")];
    const { result, sent, ran, events } = await loop(said);
    expect(result).toEqual({
      end: "done",
      usage: {
        calls: 3,
        input_tokens: 300,
        cached_input_tokens: 30,
        output_tokens: 60,
        reasoning_tokens: 15,
        cost_usd: 0.03,
        counted: false,
      },
      malformed_replies: 0,
      replayed_calls: 0,
    } satisfies LoopResult);
    expect(ran).toEqual(["add a", "show", "submit"]);
    expect(sent.map((messages) => messages.length)).toEqual([2, 4, 6]);
    expect(sent[2]).toEqual([
      ...START,
      { role: "assistant", text: said[0] },
      { role: "user", text: "" },
      { role: "assistant", text: said[1] },
      { role: "user", text: "a" },
    ]);
    expect(events.map((event) => event.type)).toEqual([
      ...["model_replied", "command_ran", "model_replied", "command_ran", "model_replied", "command_ran"],
      "session_ended",
    ]);
    expect(events[3]).toEqual({
      type: "command_ran",
      call: 2,
      command: "show",
      output: "a",
      exit_code: 0,
      stopped: null,
      done: false,
      facts: { opened: 1 },
    });
  });

  it("leaves its start as it was given", async () => {
    const before = structuredClone(START);
    await loop([say("submit")], {}, { urge: () => "Hurry." });
    expect(START).toEqual(before);
  });

  it("hands malformed replies back and counts them", async () => {
    const twice = `${say("add a")}\n${say("add b")}`;
    const { result, sent, ran, events } = await loop([
      "I am done.",
      twice,
      say("add c"),
      "",
      { text: "```sh\nadd d", stop_reason: "length" },
      say("submit"),
    ]);
    expect(result).toMatchObject({ end: "done", malformed_replies: 4, usage: { calls: 6 } });
    expect(ran).toEqual(["add c", "submit"]);
    expect([1, 2, 4].map((call) => last(sent[call]))).toEqual([0, 2, 0].map(MALFORMED));
    expect(last(sent[5])).toContain("cut off at the limit of its length");
    expect(sent[4]?.at(-2)).toEqual({ role: "assistant", text: "(nothing)" });
    expect(events.filter((event) => event.type === "reply_malformed")).toEqual(
      [
        [1, 0],
        [2, 2],
        [4, 0],
        [5, 0],
      ].map(([call, count]) => ({ type: "reply_malformed", call, count })),
    );
  });

  it("keeps thoughts out of the conversation and in the record", async () => {
    const { sent, events } = await loop([`<think>Hm.</think>${say("add a")}`, say("submit")]);
    expect(sent[1]?.[2]?.text).toBe(say("add a"));
    expect(events[0]).toMatchObject({ text: `<think>Hm.</think>${say("add a")}` });
  });

  it("takes old outputs out", async () => {
    const { sent, types, events } = await loop([...Array(4).fill(say("long 500")), say("submit")]);
    const outputs = sent[4]
      ?.filter((_, index) => index > 1 && index % 2 === 1)
      .map(({ text }) => text.length);
    expect(outputs?.slice(2)).toEqual([500, 500]);
    expect(outputs?.slice(0, 2).every((length) => length < 120)).toBe(true);
    expect(types.filter((type) => type === "compacted")).toHaveLength(2);
    expect(events.find((event) => event.type === "compacted")).toMatchObject({ call: 4, elided_outputs: 1 });
  });
});

describe("urging", () => {
  it("tells how many calls are left and adds the words to the last output, for good", async () => {
    const left: number[] = [];
    const urge = (calls: number): string | null => {
      left.push(calls);
      return calls <= 2 ? `${calls} left` : null;
    };
    const { sent } = await loop([say("add a"), say("show"), say("submit")], { calls: 3 }, { urge });
    expect(left).toEqual([3, 2, 1]);
    expect(sent.map(last)).toEqual(["The tree.", "\n\n2 left", "a\n\n1 left"]);
    expect(sent[2]?.[3]?.text).toBe("\n\n2 left");
  });
});

describe("limits are checked before each call", () => {
  const forever: Said[] = Array(30).fill(say("show"));
  const bare: Said[] = Array(30).fill({ text: say("show"), usage: UNKNOWN_USAGE, cost_usd: null });
  let clock = 0;
  const cases: [string, Said[], Partial<LoopLimits>, Partial<LoopPorts>, end: string, calls: number][] = [
    ["calls", forever, { calls: 4 }, {}, "calls", 4],
    ["none at all", forever, { calls: 0 }, {}, "calls", 0],
    ["tokens, with the prompt to come", forever, { tokens: 260 }, {}, "tokens", 2],
    ["tokens that no call fits in", forever, { tokens: 3 }, {}, "tokens", 0],
    ["cost", forever, { cost_usd: 0.025 }, {}, "cost", 3],
    ["a cost that is not known", bare, { cost_usd: 0.025, calls: 5 }, {}, "calls", 5],
    ["time", forever, { seconds: 2 }, { now: () => (clock += 400) }, "time", 4],
    ["malformed replies in a row", ["a", say("show"), "b", "c", "d"], {}, {}, "malformed", 5],
    ["a refusal", [say("show"), { text: say("show"), stop_reason: "refusal" }], {}, {}, "refused", 2],
    ["an empty refusal", [{ text: "", stop_reason: "refusal" }], {}, {}, "refused", 1],
  ];
  it.each(cases)("%s", async (_, said, limits, ports, end, calls) => {
    const { result, sent, events } = await loop(said, limits, ports);
    expect(result).toMatchObject({ end, usage: { calls } });
    expect(sent).toHaveLength(calls);
    // With a higher limit the same session goes on.
    const isOver = ["malformed", "refused"].includes(end);
    expect(events.some((event) => event.type === "session_ended")).toBe(isOver);
    if (isOver) expect(events.at(-1)).toEqual({ type: "session_ended", end, usage: result.usage });
  });

  it("a budget of several loops: its word ends this one, which stays open", async () => {
    const asked: number[] = [];
    const reserve = (tokens: number) => (asked.push(tokens) > 2 ? ("cost" as const) : null);
    const { result, types } = await loop(forever, {}, { reserve });
    expect(result).toMatchObject({ end: "cost", usage: { calls: 2 } });
    expect(types).not.toContain("session_ended");
    expect(asked.every((tokens) => tokens > 0)).toBe(true);
  });
});

describe("usage", () => {
  it("is counted where it is not reported, and a price stays unknown", async () => {
    const { result } = await loop([
      say("add a"),
      { text: say("submit"), usage: UNKNOWN_USAGE, cost_usd: null },
    ]);
    expect(result.usage).toMatchObject({ calls: 2, counted: true, cost_usd: null, cached_input_tokens: 10 });
    expect(result.usage.input_tokens).toBeGreaterThan(110);
    expect(result.usage.output_tokens).toBeGreaterThan(25);
  });
});

describe("a call without a reply", () => {
  const overflow = new ModelError("context_overflow", "too long");
  const long = [say("long 4000"), say("long 4000")];

  it("is made again with less after an overflow, and less is sent from then on", async () => {
    const { result, sent, events } = await loop([...long, overflow, say("long 300"), say("submit")]);
    expect(result).toMatchObject({ end: "done", usage: { calls: 4 } });
    const sizes = sent.map((messages) => messages.reduce((sum, { text }) => sum + text.length, 0));
    expect(sizes[2]).toBeGreaterThan(8000);
    expect(sizes[3]).toBeLessThan(4500);
    expect(sizes[4]).toBeLessThan(1000);
    expect(events.filter((event) => event.type === "compacted").map(({ overflow }) => overflow)).toEqual([
      true,
      false,
    ]);
  });

  it("ends the loop at the second overflow", async () => {
    const { result, sent } = await loop([...long, overflow, overflow]);
    expect(result.end).toBe("context");
    expect(sent).toHaveLength(4);
  });

  it("ends the loop at once where nothing can be taken out", async () => {
    const { result, sent, types } = await loop([overflow]);
    expect(result.end).toBe("context");
    expect(sent).toHaveLength(1);
    expect(types).toEqual(["compacted", "session_ended"]);
  });

  const aborts = [new ModelError("aborted", "stopped"), new DOMException("stopped", "AbortError")];
  it.each(aborts)("leaves the session open when it is given up: %s", async (error) => {
    const { result, types } = await loop([say("add a"), error]);
    expect(result.end).toBe("aborted");
    expect(types).toEqual(["model_replied", "command_ran"]);
  });

  it("leaves the session open when a command is given up", async () => {
    const execute = () => Promise.reject(new ModelError("aborted", "stopped"));
    const { result, types } = await loop([say("add a")], {}, { execute });
    expect(result.end).toBe("aborted");
    expect(types).toEqual(["model_replied"]);
  });

  it("throws what else went wrong and keeps the finished calls", async () => {
    const journal = openJournal(null, SESSION);
    const error = new ModelError("rate_limited", "try later");
    const { ports } = scripted([say("add a"), error]);
    await expect(runLoop(START, ports, LIMITS, journal)).rejects.toBe(error);
    expect(journal.events.map((event) => event.type)).toEqual(["model_replied", "command_ran"]);
  });

  it("throws what goes wrong in a command", async () => {
    const error = new Error("the sandbox is gone");
    await expect(loop([say("add a")], {}, { execute: () => Promise.reject(error) })).rejects.toBe(error);
  });
});
