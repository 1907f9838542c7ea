import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/action-list/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { tempRun } from "../support/temp-run.ts";

function open(text: string, name = "run.json") {
  return openDirectory(path.join(tempRun({ [name]: text }), name));
}

const entry = (action: unknown, more: object = {}): object => ({
  action,
  state: "s",
  timestamp: "2026-01-01T00:00:00Z",
  output: "seen",
  ...more,
});
const read = (value: unknown) => extractor.extract(open(JSON.stringify(value)));

describe("an action", () => {
  const forms: [string, object, string, string | undefined][] = [
    ["a command", entry("ls -la"), "ls -la", undefined],
    [
      "a tool's name with arguments beside it",
      entry("read", { args: { path: "a" } }),
      'read {"path":"a"}',
      "read",
    ],
    ["an object with arguments", entry({ tool: "bash", args: { command: "ls" } }), "ls", "bash"],
    ["an object without", entry({ type: "click", x: 3 }), 'click {"x":3}', "click"],
    ["an object with a command", entry({ command: "ls" }), "ls", undefined],
  ];
  it.each(forms)("may be %s", (_, value, action, tool) => {
    const { steps } = read([value]);
    expect(steps.map((step) => [step.action, step.tool, step.observation])).toEqual([[action, tool, "seen"]]);
  });

  it("that is missing or blank is no step; its thought stands with the next one and a warning counts it", () => {
    const { steps, warnings } = read([
      entry("a"),
      entry(null, { thought: "wait" }),
      entry(" "),
      entry("b"),
      entry("c"),
    ]);
    expect(steps.map((step) => [step.action, step.thinking])).toEqual([
      ["a", undefined],
      ["b", "wait"],
      ["c", undefined],
    ]);
    expect(warnings.map(({ message }) => message)).toEqual(["entries that name no action are no steps: 2"]);
  });

  it("without an output has none: the state stands in only where no entry has one", () => {
    const { steps } = read([entry("a", { output: null }), entry("b", { output: "" })]);
    expect(steps.map((step) => [step.observation, step.observation_ref !== null])).toEqual([
      [null, false],
      ["", true],
    ]);
  });
});

describe("a file", () => {
  it("of runs is read row by row", () => {
    const rows = [
      { task: "one", steps: [entry("a")] },
      { task: "two", steps: [entry("b"), entry("c")] },
    ];
    const text = rows.map((row) => JSON.stringify(row)).join("\n");
    const found = discoverRuns(open(text, "runs.jsonl"), [extractor]).runs.map((run) => extractRun(run));
    expect(found.map(({ trajectory: { task, steps } }) => [task, steps.map((step) => step.action)])).toEqual([
      ["one", ["a"]],
      ["two", ["b", "c"]],
    ]);
    expect(found.every(({ fidelity }) => fidelity.passed)).toBe(true);
  });

  it("says when a step is lost: the raw count does not use the parsed structure", () => {
    const run = open(JSON.stringify([entry("a", { args: { action: "inner" } }), entry("b")]));
    expect(extractor.countActions?.(run)).toBe(2);
  });
});

describe("detection", () => {
  const cases: [string, unknown, number][] = [
    ["all four keys", [entry("a")], 0.85],
    ["action, output and time", [{ action: "a", output: "b", timestamp: 1 }], 0.7],
    ["GitHub's events", [{ action: "opened", state: "open", number: 3 }], 0],
    [
      "OpenHands events",
      [{ id: 1, source: "agent", action: "run", args: {}, timestamp: "x", output: "y" }],
      0,
    ],
    [
      "SWE-agent's steps",
      { trajectory: [{ action: "ls", observation: "", response: "r", thought: "t", state: {} }] },
      0,
    ],
    ["package.json", { name: "x", version: "1.0.0", history: [] }, 0],
    [
      "mostly other entries",
      { log: [entry("a"), { level: 1 }, { level: 2 }, { level: 3 }, { level: 4 }] },
      0,
    ],
  ];
  it.each(cases)("judges %s", (_, value, confidence) => {
    expect(extractor.detect(open(JSON.stringify(value))).confidence).toBe(confidence);
  });
});
