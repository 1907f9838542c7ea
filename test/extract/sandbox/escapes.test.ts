import { afterEach, describe, expect, it } from "vitest";
import { sandboxExtractor } from "../../../src/extract/sandbox/index.ts";
import { definition, failure, GOOD, said, source, twoRows } from "./learned.ts";

/** Whatever was tried, this process is as before and the next extraction works. */
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(PLAIN);
  expect("polluted" in {}).toBe(false);
  const steps = sandboxExtractor(definition(GOOD)).extract(twoRows()).steps;
  expect(steps.map((step) => [step.action, step.observation])).toEqual([
    ["ls", "a.txt"],
    ["cat a.txt", null],
  ]);
});
const PLAIN = Object.getOwnPropertyNames(Object.prototype).sort();

describe("what is there", () => {
  it("holds the language and nothing of the machine", () => {
    const names = [
      "process",
      "require",
      "module",
      "console",
      "fetch",
      "setTimeout",
      "WebAssembly",
      "Atomics",
    ];
    const more = ["performance", "WeakRef", "Deno", "Worker", "navigator", "std", "os", "print", "Intl"];
    const all = JSON.stringify([...names, ...more]);
    expect(said(`return say(${all}.filter((name) => name in globalThis).join())`)).toBe("");
  });

  it("has one global more than the interpreter has by itself: none", () => {
    expect(
      said(`return say(["host", "ask", "run", "call"].filter((name) => name in globalThis).join())`),
    ).toBe("");
  });

  it("has no randomness", () => {
    expect(failure("Math.random()")).toMatch(
      /^bad_extractor: extract stopped: TypeError at extractor\.js:\d+:\d+ \(not a function\)/,
    );
  });

  it.each(["new Date()", "Date.now()", "Date()", "new (new Date(0).constructor)()"])(
    "has no clock: %s",
    (code) => {
      expect(failure(code)).toMatch(/^bad_extractor: extract stopped: TypeError at extractor\.js:\d+/);
    },
  );

  it("still reads times, in UTC", () => {
    const code = `return say([new Date("2026-01-02T03:04:05Z").getHours(), new Date(0).toISOString(), Date.parse("2026-01-01")])`;
    expect(said(code)).toBe("3,1970-01-01T00:00:00.000Z,1767225600000");
  });
});

describe("ways out", () => {
  it.each([
    ["the constructor of a function", `this?.constructor ?? say.constructor`],
    ["the constructor of run", `run.constructor.constructor`],
    ["the constructor of a function of run", `run.text.constructor`],
    ["the constructor of a stream", `Object.getPrototypeOf(run.lines).constructor`],
    ["Function", `Function`],
    ["the constructor of a list", `run.list().constructor.constructor`],
  ])("%s leads to the sandbox's own globals alone", (_name, made) => {
    const code = `const make = ${made};
      const outer = make("return typeof globalThis + typeof process + typeof require + (globalThis === this)")();
      return say(outer);`;
    expect(said(code)).toBe("objectundefinedundefinedtrue");
  });

  it("the constructor of an error from a refused read is the sandbox's own, and its stack names no path", () => {
    const code = `try { run.text("nowhere") } catch (error) {
      return say([error.constructor.constructor("return typeof process")(), error.name, error.message, /node_modules|file:|\\/tmp|\\/dist/.test(error.stack)]);
    }`;
    expect(said(code)).toBe("undefined,ReadError,no such file in the run; take names from run.list(),false");
  });

  it("eval stays inside", () => {
    expect(said(`return say((0, eval)("typeof process + typeof Object"))`)).toBe("undefinedfunction");
  });

  it("import is refused, as a statement", () => {
    expect(failure("", {}, `import fs from "node:fs";`)).toBe(
      "bad_extractor: extractor.js cannot be loaded: ReferenceError in extractor.js (nothing can be imported); look there and repair it",
    );
  });

  it("import() gives a promise that never holds a module", () => {
    expect(failure(`return import("node:fs")`)).toMatch(/^bad_extractor: extract waits for something/);
  });

  it("require is no name", () => {
    expect(failure(`require("fs")`)).toMatch(
      /ReferenceError at extractor\.js:\d+:\d+ \(a name that is not defined\)/,
    );
  });

  it.each([
    "../../etc/passwd",
    "/etc/passwd",
    "log.jsonl/../../x",
    "./log.jsonl",
    "log.jsonl\0",
    "",
    "file:///etc/passwd",
  ])("reads no file beyond the run: %j", (name) => {
    const reads = ["text", "json", "lines", "jsonl"].map(
      (read) =>
        `try { [...run.${read}(${JSON.stringify(name)})]; out.push("read") } catch (error) { out.push(error.name) }`,
    );
    const quiet = `out.push(run.has(${JSON.stringify(name)}), run.size(${JSON.stringify(name)}), run.head(${JSON.stringify(name)}), run.tryJson(${JSON.stringify(name)}))`;
    expect(said(`const out = []; ${reads.join("\n")}; ${quiet}; return say(JSON.stringify(out))`)).toBe(
      '["ReadError","ReadError","ReadError","ReadError",false,0,"",null]',
    );
  });

  it("a glob lists no file beyond the run", () => {
    expect(
      said(
        `return say([run.list("**"), run.list("../**"), run.list("/**")].map((names) => names.join()).join("|"))`,
      ),
    ).toBe("log.jsonl||");
  });
});

describe("meddling", () => {
  it.each([
    ["run.text = 1", "run.text = () => 'forged'"],
    ["run.more = 1", "run.more = 1"],
    ["delete run.text", "delete run.text"],
    ["Object.defineProperty", "Object.defineProperty(run, 'text', { value: 1 })"],
    ["Object.setPrototypeOf", "Object.setPrototypeOf(run, { a: 1 })"],
  ])("run cannot be written to: %s", (_name, code) => {
    expect(failure(code)).toMatch(/^bad_extractor: extract stopped: TypeError at extractor\.js:\d+/);
  });

  it("what was read is a copy: changing it changes no later read", () => {
    const code = `run.list().push("forged"); run.list()[0] = "forged";
      for (const { value } of run.jsonl("log.jsonl")) value.command = "forged";
      return say(run.list().join() + [...run.jsonl("log.jsonl")].map(({ value }) => value.command).join())`;
    expect(said(code)).toBe("log.jsonlls,cat a.txt");
  });

  it("prototypes that are polluted inside change nothing outside, and nothing in the next call", () => {
    const pollute = `Object.prototype.polluted = "yes"; Array.prototype.push = () => 0; String.prototype.slice = () => "";
      JSON.stringify = () => "forged"; JSON.parse = () => "forged"; Object.prototype.toJSON = undefined;`;
    const extractor = sandboxExtractor(
      definition(source(`const before = ({}).polluted; ${pollute} return say(before)`)),
    );
    expect(extractor.extract(twoRows()).steps[0]?.observation).toBe("undefined");
    expect(extractor.extract(twoRows()).steps[0]?.observation).toBe("undefined");
  });

  it("__proto__ and constructor keys in the result stay data", () => {
    const code = `step.arguments = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
      const hostile = JSON.parse('{"__proto__": {"polluted": 1}}'); Object.assign(result, hostile);
      Object.defineProperty(result, "__proto__", { value: { polluted: 1 }, enumerable: true });`;
    const { steps, ...rest } = sandboxExtractor(definition(source(code))).extract(twoRows());
    expect(Object.keys(rest).sort()).toEqual(["agent", "files_used", "outcome", "task", "warnings"]);
    expect(Object.getPrototypeOf(rest)).toBe(Object.prototype);
    expect(steps[0]?.arguments?.polluted).toBeUndefined();
    expect(Object.getPrototypeOf(steps[0]?.arguments)).toBe(Object.prototype);
  });

  it("getters and proxies in the result run inside and arrive as plain data", () => {
    const code = `Object.defineProperty(step, "observation", { enumerable: true, get: () => typeof process });
      return new Proxy(result, { get: (target, key) => Reflect.get(target, key) });`;
    const trajectory = sandboxExtractor(definition(source(code))).extract(twoRows());
    expect(Object.getOwnPropertyDescriptor(trajectory.steps[0], "observation")).toEqual({
      value: "undefined",
      writable: true,
      enumerable: true,
      configurable: true,
    });
  });

  it("a getter that throws, or never ends, is a failure like others", () => {
    const getter = (body: string): string =>
      `Object.defineProperty(step, "observation", { enumerable: true, get() { ${body} } })`;
    expect(failure(getter("throw new RangeError('x')"))).toMatch(
      /extract stopped: RangeError at extractor\.js/,
    );
    expect(failure(getter("for (;;);"), { seconds: 1 })).toMatch(
      /^bad_extractor: extract was stopped after 1 s/,
    );
  });
});
