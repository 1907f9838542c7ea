import { afterEach, describe, expect, it } from "vitest";
import { sandboxExtractor } from "../../../src/extract/sandbox/index.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { tempRun } from "../../support/temp-run.ts";
import { definition, failure, GOOD, source, thrownBy, twoRows } from "./learned.ts";

afterEach(() => {
  expect(sandboxExtractor(definition(GOOD)).extract(twoRows()).steps).toHaveLength(2);
});

const STOPPED = "bad_extractor: extract was stopped after 1 s; read each file once and end every loop";
const SILENT =
  "bad_extractor: extract did not answer within 1 s and its thread was ended; end every loop, and hold less at a time";
const TOO_MUCH =
  "bad_extractor: extract needs more than 64 MB; stream with run.lines or run.jsonl and keep only what the steps need";
const WAITS =
  "bad_extractor: extract waits for something; reading is synchronous: take out async, await and promises";
const TOO_DEEP = "bad_extractor: extract recurses too deeply; use a loop";

describe("time", () => {
  it.each([
    ["an endless loop", "for (;;);"],
    ["one that catches what it can", "for (;;) { try { for (;;); } catch {} finally { continue; } }"],
    ["an endless regular expression", `/^(a+)+$/.test("a".repeat(50) + "b")`],
    ["a loop inside the language", "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)"],
    ["endless sorting", "for (;;) [3, 2, 1].sort(() => { for (;;); })"],
    ["endless reading", `for (;;) run.text("log.jsonl")`],
  ])("%s is stopped", (_name, code) => {
    expect(failure(code, { seconds: 1 })).toBe(STOPPED);
  });

  it("a glob that takes forever ends with its thread", () => {
    const run = openDirectory(tempRun({ ["a".repeat(200)]: "" }));
    const extractor = sandboxExtractor(definition(source(`run.list("*a".repeat(60) + "b")`)), { seconds: 1 });
    expect(thrownBy(extractor, run)).toBe(SILENT);
  });

  it("an endless loop while loading is stopped", () => {
    expect(failure("", { seconds: 1 }, "for (;;);")).toBe(STOPPED);
  });

  it("detect that never ends does not recognise the run, and says why", () => {
    const hangs = source("").replace("{ return { confidence: 0.8", "{ for (;;); return { confidence: 0.8");
    expect(sandboxExtractor(definition(hangs), { seconds: 1 }).detect(twoRows())).toEqual({
      confidence: 0,
      reason: "detect was stopped after 1 s; read each file once and end every loop",
    });
  });
});

describe("memory", () => {
  it.each([
    ["one array", "new Uint8Array(2 ** 30)"],
    ["many strings", `const all = []; for (let at = 0; ; at++) all.push("x".repeat(1000) + at)`],
    ["many objects", "const all = []; for (;;) all.push({ all: [1, 2, 3] })"],
  ])("%s is refused", (_name, code) => {
    expect(failure(code, { memory_mb: 64 })).toBe(TOO_MUCH);
  });

  it.each([
    ["a function that calls itself", "const again = () => again() + 1; again()"],
    ["a result in itself through toJSON", "step.toJSON = () => ({ step }); step.arguments = { step }"],
  ])("deep recursion is refused: %s", (_name, code) => {
    expect(failure(code)).toBe(TOO_DEEP);
  });

  it("a string that doubles is refused where it gets too long", () => {
    expect(failure(`let text = "x"; for (;;) text += text`)).toMatch(
      /^bad_extractor: extract stopped: InternalError at extractor\.js:\d+:\d+ \(longer than a value may be\)/,
    );
  });

  it("a file that finds no room any more is refused", () => {
    const run = openDirectory(tempRun({ "log.jsonl": "x".repeat(15e6) }));
    const code = `const all = []; for (let at = 0; at < 60; at++) all.push("y".repeat(1e6) + at); run.text("log.jsonl")`;
    expect(thrownBy(sandboxExtractor(definition(source(code)), { memory_mb: 64 }), run)).toBe(TOO_MUCH);
  });

  it("a deeply nested result is refused", () => {
    const code = "let deep = {}; for (let at = 0; at < 300; at++) deep = { deep }; step.arguments = deep;";
    expect(failure(code)).toBe(
      "bad_extractor: extract returned values nested deeper than 100; keep deep arguments as JSON text",
    );
  });
});

describe("output", () => {
  it("more than the limit is refused", () => {
    const code = `step.observation = "x".repeat(3e6)`;
    expect(failure(code, { output_mb: 2 })).toBe(
      "bad_extractor: extract returned more than 2 MB of JSON; return each text once",
    );
    expect(failure(code, { output_mb: 4 })).toBe("nothing was thrown");
  });

  it("many small values are refused before they are parsed", () => {
    expect(failure("step.arguments = { all: new Array(1.2e6).fill({}) }")).toBe(
      "bad_extractor: extract returned more than 1000000 values; return each text as one string",
    );
  });

  it("many wrong values are refused with few words", () => {
    expect(failure("result.warnings = new Array(4e5).fill(0)")).toMatch(
      /^bad_extractor: extract returned no trajectory: warnings\[0\]: .{1,60}; warnings\[1\]: .{1,60}; warnings\[2\]: .{1,60}; and 399997 more$/,
    );
  });
});

describe("waiting", () => {
  it.each([
    ["a promise that never ends", "return new Promise(() => {})"],
    ["an asynchronous function", "return (async () => result)()"],
    ["a promise of the result", "return Promise.resolve(result)"],
  ])("%s is refused", (_name, code) => {
    expect(failure(code)).toBe(WAITS);
  });

  it("await at the top is refused", () => {
    expect(failure("", {}, "await new Promise(() => {});")).toBe(WAITS);
  });

  it("what is put off never runs", () => {
    const code =
      "const again = () => Promise.resolve().then(again); again(); queueMicrotask(() => { for (;;); })";
    expect(failure(code, { seconds: 1 })).toBe("nothing was thrown");
  });
});

describe("files left open", () => {
  it("are closed after the call, and too many are refused", () => {
    const code = `const open = []; for (let at = 0; at < 200; at++) { const lines = run.lines("log.jsonl"); lines.next(); open.push(lines); }`;
    expect(failure(code)).toMatch(
      /ReadError at extractor\.js:\d+:\d+ \(too many files are read at a time; read one to its end first\)/,
    );
    const early = `for (let at = 0; at < 500; at++) for (const line of run.lines("log.jsonl")) break;`;
    expect(failure(early)).toBe("nothing was thrown");
  });
});

it("a hang on one run harms that run alone", () => {
  const hangs = GOOD.replace("throw new TypeError", "for (;;); new TypeError");
  const extractor = sandboxExtractor(definition(hangs), { seconds: 1 });
  const run = (row: object) => openDirectory(tempRun({ "log.jsonl": JSON.stringify(row) }));
  const told = [{ command: "ls" }, { command: "ls", broken: true }, { command: "ls" }].map((row) =>
    thrownBy(extractor, run(row)),
  );
  expect(told).toEqual(["nothing was thrown", STOPPED, "nothing was thrown"]);
});
