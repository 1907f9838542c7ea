import { describe, expect, it } from "vitest";
import { sandboxExtractor } from "../../../src/extract/sandbox/index.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { tempRun } from "../../support/temp-run.ts";
import { definition, failure, source, thrownBy, twoRows } from "./learned.ts";

describe("failures", () => {
  const SECRET = "AKIA-secret \u001b[31m\n漢";

  it.each([
    ["an error", `throw new Error(${JSON.stringify(SECRET)})`, "Error at extractor.js:13:13"],
    [
      "a named error",
      `const error = new Error("x"); error.name = ${JSON.stringify(SECRET)}; throw error`,
      "Error at extractor.js:13:21",
    ],
    [
      "a forged stack",
      `const error = new Error("x"); error.stack = ${JSON.stringify(`${SECRET} extractor.js:7:7`)}; throw error`,
      "Error at extractor.js:7:7",
    ],
    [
      "no stack",
      `const error = new Error("x"); delete error.stack; error.stack = ""; throw error`,
      "Error in extractor.js",
    ],
  ])("%s is told by its name and its place", (_name, code, told) => {
    expect(failure(code)).toBe(`bad_extractor: extract stopped: ${told}; look there and repair it`);
  });

  it.each([
    `throw "secret"`,
    "throw null",
    "throw undefined",
    "throw 1",
    "throw { message: 'secret' }",
    "throw Symbol('secret')",
    "throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })",
  ])("%s is told as no error", (code) => {
    expect(failure(code)).toBe(
      "bad_extractor: extract threw something that is no Error; throw an Error, or return what could be read",
    );
  });

  it.each([
    ["undefined.x", "TypeError", "cannot read a property of undefined"],
    ["null.secret = 1", "TypeError", "cannot set a property of null"],
    ["step.nothing()", "TypeError", "not a function"],
    ["for (const a of 5);", "TypeError", "not iterable"],
    ["nobody", "ReferenceError", "a name that is not defined"],
    ["JSON.stringify(step.step = step)", "TypeError", "the object holds itself"],
    [`new RegExp("(")`, "SyntaxError", "expecting )"],
    ["[].reduce((all) => all)", "TypeError", "the list is empty"],
    [`JSON.parse("secret")`, "SyntaxError", null],
  ])("%s is told in plain words", (code, name, reason) => {
    const message = failure(code);
    expect(message).toMatch(/^bad_extractor: extract stopped: \w+ at extractor\.js:\d+:\d+/);
    expect(message).toContain(name);
    expect(/\((.*)\)/.exec(message)?.[1] ?? null).toBe(reason);
    expect(message).not.toContain("secret");
  });

  it("code that cannot be parsed is told by its place", () => {
    expect(thrownBy(sandboxExtractor(definition("export function extract(run) {\n  return {;\n}")))).toMatch(
      /^bad_extractor: extractor\.js cannot be loaded: SyntaxError at extractor\.js:2:\d+; look there and repair it$/,
    );
  });

  it("an error while loading is told by its place", () => {
    expect(failure("", {}, "throw new RangeError('secret');")).toBe(
      "bad_extractor: extractor.js cannot be loaded: RangeError at extractor.js:1:11; look there and repair it",
    );
  });

  it.each(["", "export default {}", "export const extract = 5;", "function extract() {}"])(
    "no exported function: %j",
    (code) => {
      expect(thrownBy(sandboxExtractor(definition(code)))).toBe(
        "bad_extractor: extractor.js exports no function extract; write: export function extract(run) { … }",
      );
    },
  );

  it.each(["return undefined", "return () => 1", "return Symbol('a')"])("%s is nothing", (code) => {
    expect(failure(code)).toBe("bad_extractor: extract returned nothing that is JSON; return a plain object");
  });

  it.each([
    ["return 5", "the result: Invalid input: expected object, received number"],
    ["return '!{}'", "the result: Invalid input: expected object, received string"],
    ["delete result.outcome", "outcome: Invalid input: expected object, received undefined"],
    ["step.step_id = 1.5", "steps[0].step_id: Invalid input: expected int, received number"],
    ["step.action = null", "steps[0].action: Invalid input: expected string, received null"],
    [
      "step.agent = 'a'.repeat(3); step.tokens = { input: -1 }",
      "steps[0].tokens.input: Too small: expected number to be >=0",
    ],
  ])("%s is no trajectory", (code, told) => {
    expect(failure(code)).toBe(`bad_extractor: extract returned no trajectory: ${told}`);
  });

  it.each([
    ["result.files_used = ['../secret']", "files_used[0] is no file of the run; take names from run.list()"],
    [
      "result.files_used = []",
      "files_used is empty although there are steps; name the files they were read from",
    ],
    [
      "result.warnings = [{ message: 'a', path: '/etc/passwd' }]",
      "a warning names a file that is not in the run; take names from run.list()",
    ],
    [
      "step.action_ref = { path: 'x', line_start: 1, line_end: 1 }",
      "steps[0].action_ref names no file of the run; take names from run.list()",
    ],
    [
      "step.observation_ref = { path: 'log.jsonl', line_start: 2, line_end: 1 }",
      "steps[0].observation_ref ends before it starts",
    ],
    [
      "step.action_ref = { path: 'log.jsonl', line_start: 1, line_end: 9e15 }",
      "steps[0].action_ref names lines that the file does not have",
    ],
  ])("%s is no place of the run", (code, told) => {
    expect(failure(code)).toBe(`bad_extractor: ${told}`);
  });

  it("refs over all lines of a large file are refused", () => {
    const run = openDirectory(tempRun({ "log.jsonl": "\n".repeat(1e6) }));
    const code =
      "step.action_ref = step.observation_ref = { path: 'log.jsonl', line_start: 1, line_end: 1e6 }; result.steps = [step, { ...step, step_id: 2 }]";
    expect(thrownBy(sandboxExtractor(definition(source(code))), run)).toBe(
      "bad_extractor: the refs name more than 2000000 lines together; name the lines of each step alone",
    );
  });

  it("sentences of the guest's are cut and made printable", () => {
    const code = `result.steps = []; result.empty_reason = "a\\u001b[31m\\n" + "b".repeat(300); result.warnings = [{ message: "c\\u0007\\td" }]`;
    const { empty_reason, warnings } = sandboxExtractor(definition(source(code))).extract(twoRows());
    expect(empty_reason).toBe(`a ${"b".repeat(198)}…`);
    expect(warnings).toEqual([{ message: "c d" }]);
  });
});
