import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { discoverRuns } from "../../../src/extract/discover.ts";
import { extractRun } from "../../../src/extract/extract.ts";
import { sandboxExtractor } from "../../../src/extract/sandbox/index.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { directoryDigest } from "../../support/directory-digest.ts";
import { tempRun } from "../../support/temp-run.ts";
import { toyExtractor } from "../../support/toy-extractor.ts";
import { definition, GOOD, source, thrownBy, twoRows } from "./learned.ts";

describe("a good extractor", () => {
  it("gives its trajectory", () => {
    expect(sandboxExtractor(definition(GOOD)).extract(twoRows())).toEqual({
      task: null,
      agent: { name: null, version: null, model: null },
      steps: [
        {
          step_id: 1,
          action: "ls",
          observation: "a.txt",
          agent: "main",
          action_ref: { path: "log.jsonl", line_start: 1, line_end: 1 },
          observation_ref: null,
        },
        {
          step_id: 2,
          action: "cat a.txt",
          observation: null,
          agent: "main",
          action_ref: { path: "log.jsonl", line_start: 2, line_end: 2 },
          observation_ref: null,
        },
      ],
      outcome: {
        resolved: null,
        reward: null,
        exit_status: null,
        source: null,
        infrastructure_failure: null,
      },
      files_used: ["log.jsonl"],
      warnings: [],
    });
  });

  it("gives the same twice, whatever it keeps in its globals", () => {
    const counting = source(
      "globalThis.count = (globalThis.count ?? 0) + 1; return say(count)",
      "let count = 0;",
    );
    const extractor = sandboxExtractor(definition(counting.replace("let count = 0;", "")));
    const first = extractor.extract(twoRows());
    expect(first.steps[0]?.observation).toBe("1");
    expect(extractor.extract(twoRows())).toEqual(first);
  });

  it("leaves the run as it was", () => {
    const run = twoRows();
    const before = directoryDigest(run.root);
    sandboxExtractor(definition(GOOD)).extract(run);
    expect(directoryDigest(run.root)).toBe(before);
  });

  it.each(["lines", "jsonl", "json", "text"])("reads 20 MB with run.%s within the default limits", (read) => {
    const rows = Array.from({ length: 5000 }, (_row, at) => ({
      command: `cat ${at}`,
      output: `é${at} `.repeat(620),
    }));
    const name = read === "json" || read === "text" ? "log.json" : "log.jsonl";
    const text =
      name === "log.json" ? JSON.stringify(rows, null, 1) : rows.map((row) => JSON.stringify(row)).join("\n");
    const run = openDirectory(tempRun({ [name]: text }));
    expect(run.size(name)).toBeGreaterThan(20e6);
    const records = {
      lines: `[...run.lines("log.jsonl")].map(({ text }) => JSON.parse(text))`,
      jsonl: `[...run.jsonl("log.jsonl")].map(({ value }) => value)`,
      json: `run.json("log.json")`,
      text: `JSON.parse(run.text("log.json"))`,
    }[read];
    const code = `result.files_used = run.list(); result.steps = ${records}.map(({ command, output }, at) => ({ ...step, step_id: at + 1, action: command, observation: output }))`;
    const { steps } = sandboxExtractor(definition(source(code))).extract(run);
    expect(steps.map(({ action, observation }) => ({ command: action, output: observation }))).toEqual(rows);
  });
});

describe("run", () => {
  it("is what RunFiles is", () => {
    const odd = "a\0b \ud800 é 漢 😀 \u2028";
    const files = {
      "events/10.json": "{}",
      "events/9.json": '{"nine": 9}',
      "odd.txt": `${odd}\nsecond`,
      "broken.json": "{oops",
      "pretty.jsonl": '{\n "a": 1\n}\n{"__proto__": 2}\n',
    };
    const run = openDirectory(tempRun(files));
    const code = `return say(JSON.stringify([
      run.list(), run.list("events/*.json"), run.has("odd.txt"), run.size("events/10.json"), run.focus, run.row, run.root,
      run.json("events/9.json"), run.text("odd.txt"), run.head("odd.txt", 3), run.lineAt("odd.txt", 2), run.lineAt("odd.txt", 9) === undefined,
      run.tryJson("broken.json") === undefined, [...run.lines("odd.txt")], [...run.jsonl("pretty.jsonl")], run.isLfsPointer("odd.txt"),
    ]))`;
    const extractor = sandboxExtractor(definition(source(`result.files_used = run.list(); ${code}`)));
    const seen: unknown = JSON.parse(extractor.extract(run).steps[0]?.observation ?? "");
    expect(seen).toEqual([
      run.list(),
      ["events/9.json", "events/10.json"],
      true,
      2,
      null,
      null,
      "",
      { nine: 9 },
      run.text("odd.txt"),
      "a\0b",
      "second",
      true,
      true,
      [...run.lines("odd.txt")],
      [...run.jsonl("pretty.jsonl")],
      false,
    ]);
    expect(run.problems.map(({ path: place }) => place)).toContain("broken.json");
  });

  it.each(["", "a".repeat(201), "[".repeat(150)])("list refuses or matches any text: %j", (glob) => {
    const code = `try { return say(run.list(${JSON.stringify(glob)}).length) } catch (error) { return say(error.message) }`;
    const told = sandboxExtractor(definition(source(code))).extract(twoRows()).steps[0]?.observation;
    expect(told).toBe(glob.startsWith("[") ? "0" : "not a glob that can be matched");
  });

  it("tells the focus and the row", () => {
    const run = twoRows().view("", "log.jsonl").atRow(2);
    const seen = sandboxExtractor(definition(source("return say([run.focus, run.row])"))).extract(run);
    expect(seen.steps[0]?.observation).toBe("log.jsonl,2");
  });

  it("refuses a file larger than a quarter of the memory as one text, and streams it", () => {
    const run = openDirectory(tempRun({ "log.jsonl": '{"a": "xxxxxxxxxxxxxxxx"}\n'.repeat(4e5) }));
    const limits = { memory_mb: 32 };
    const whole = sandboxExtractor(definition(source(`run.text("log.jsonl")`)), limits);
    expect(thrownBy(whole, run)).toMatch(
      /ReadError at extractor\.js:\d+:\d+ \(larger than one text may be; take run\.lines or run\.jsonl\)/,
    );
    const count = "let count = 0; for (const line of run.lines('log.jsonl')) count++; return say(count)";
    expect(sandboxExtractor(definition(source(count)), limits).extract(run).steps[0]?.observation).toBe(
      "400000",
    );
  });
});

describe("detect", () => {
  const detecting = (result: string) =>
    sandboxExtractor(
      definition(`export function detect(run) { ${result} } export function extract() {}`),
    ).detect(twoRows());

  it("keeps a reason that stands in the code", () => {
    expect(sandboxExtractor(definition(GOOD)).detect(twoRows())).toEqual({
      confidence: 0.8,
      reason: "rows with a command",
    });
  });

  it("keeps no reason that is made of the run, and never outranks a proof", () => {
    expect(detecting("return { confidence: 1, reason: run.text('log.jsonl') }")).toEqual({
      confidence: 0.89,
      reason: "a learned extractor recognises it",
    });
  });

  it.each([
    "return 1",
    "return { confidence: 2, reason: 'abc' }",
    "return { confidence: '1' }",
    "return []",
    "return { confidence: NaN }",
  ])("%s recognises nothing", (code) => {
    expect(detecting(code)).toEqual({
      confidence: 0,
      reason: 'detect returned no confidence; return { confidence: 0 to 1, reason: "…" }',
    });
  });

  it("an error recognises nothing and says why", () => {
    expect(detecting("throw new TypeError('secret')")).toEqual({
      confidence: 0,
      reason: "detect stopped: TypeError at extractor.js:1:41; look there and repair it",
    });
  });
});

describe("definition", () => {
  it.each([
    [{ id: "../up" }, "the id must be lower-case words with hyphens"],
    [{ title: " " }, "learned has no title"],
    [{ version: 0 }, "the version of learned must be 1 or more"],
    [
      { fingerprint: { contents: "x" } },
      "the fingerprint of learned must name 1 to 20 globs in directories and files",
    ],
    [
      { fingerprint: { files: ["a/b.json"], contents: "x" } },
      "fingerprint.files of learned holds names of files, without folders",
    ],
    [{ source: "x".repeat(500_001) }, "extractor.js of learned is longer than 500000 characters"],
  ])("%j cannot be used", (overrides, told) => {
    expect(() => sandboxExtractor(definition("", overrides))).toThrow(
      expect.objectContaining({ code: "bad_extractor", message: told }),
    );
  });

  it.each(["../a.json", "/etc/*", "**/a.json", "*a*a*a*a", "+(a|b)", "{a,b}.json", "a\\b", ""])(
    "the glob %j cannot be used",
    (glob) => {
      expect(() =>
        sandboxExtractor(definition("", { fingerprint: { directories: [glob], contents: "x" } })),
      ).toThrow(/^a glob of learned is not allowed/);
    },
  );
});

describe("among other runs and readers", () => {
  const rows = (broken: boolean): string =>
    JSON.stringify({ command: "ls", output: "a", ...(broken ? { broken } : {}) });
  const job = (): string =>
    tempRun(
      Object.fromEntries(Array.from({ length: 10 }, (_run, at) => [`run-${at}/log.jsonl`, rows(at === 3)])),
    );

  it("an error on one run in ten harms that run alone", () => {
    const extractor = sandboxExtractor(definition(GOOD));
    const { runs } = discoverRuns(openDirectory(job()), [extractor]);
    const told = runs.map((run) => {
      try {
        return extractRun(run).trajectory.steps.length;
      } catch (error) {
        return error instanceof Error ? error.message.replace(`${run.files.root}/`, "") : "";
      }
    });
    const failed =
      "log.jsonl: no extractor could read this run: extractor learned: extract stopped: TypeError at extractor.js:9:33; look there and repair it";
    expect(told).toEqual([1, 1, 1, failed, 1, 1, 1, 1, 1, 1]);
  });

  it("one that claims another format's runs and reads rubbish gives way", () => {
    const root = tempRun({ "toy/log.txt": "> ls\na.txt\n" });
    const greedy = sandboxExtractor(
      definition(source("throw new Error('x')"), {
        fingerprint: { directories: ["toy/log.txt"], contents: "anything" },
      }),
    );
    const [found] = discoverRuns(openDirectory(root), [greedy, toyExtractor()]).runs;
    expect(found?.candidates.map(({ extractor }) => extractor.id)).toEqual(["toy", "learned"]);
    expect(found && extractRun(found).trajectory.steps.map(({ action }) => action)).toEqual(["ls"]);
    expect(fs.readdirSync(path.join(root, "toy"))).toEqual(["log.txt"]);
  });
});
