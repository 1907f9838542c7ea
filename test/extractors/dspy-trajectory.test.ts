import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/dspy-trajectory/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import type { Trajectory } from "../../src/trajectory/index.ts";
import { tempRun } from "../support/temp-run.ts";

function open(text: string, name = "runs.jsonl") {
  return openDirectory(path.join(tempRun({ [name]: text }), name));
}

function extract(record: unknown): Trajectory {
  return extractor.extract(open(JSON.stringify(record)));
}

const step = (more: object): object => ({ module: "Actor", thought: "so", tool_output: "seen", ...more });
const row = (id: string, calls: readonly unknown[]): object => ({
  task_id: id,
  status: "success",
  steps: calls.map((tool_call) => step({ tool_call })),
});

describe("a tool call", () => {
  const forms: [string, unknown, [string, string | undefined][]][] = [
    ["an object", { name: "bash", args: { command: "ls" } }, [["ls", "bash"]]],
    ["an object with JSON arguments", { tool: "bash", arguments: '{"command":"ls"}' }, [["ls", "bash"]]],
    [
      "a chat API's object",
      { function: { name: "read", arguments: '{"path":"a"}' } },
      [['read {"path":"a"}', "read"]],
    ],
    ["a name with arguments beside it", { tool: "move", x: 1 }, [['move {"x":1}', "move"]]],
    ["a command alone", { command: "ls" }, [["ls", undefined]]],
    ["text", "ls -la", [["ls -la", undefined]]],
    ["JSON in text", '{"name":"stop"}', [["stop {}", "stop"]]],
    [
      "dspy.ToolCalls",
      {
        tool_calls: [
          { name: "a", args: {} },
          { name: "b", args: {} },
        ],
      },
      [
        ["a {}", "a"],
        ["b {}", "b"],
      ],
    ],
    ["null", null, []],
    ["an empty object", {}, []],
    ["the word none", "None", []],
  ];
  it.each(forms)("may be %s", (_, tool_call, wanted) => {
    const { steps } = extract(row("a", [tool_call]));
    expect(steps.map(({ action, tool }) => [action, tool])).toEqual(wanted);
  });

  it("gives several steps one output each, or the last one all of it", () => {
    const tool_call = [{ name: "a" }, { name: "b" }];
    const outputs = (tool_output: unknown) =>
      extract({ task_id: "x", status: "s", steps: [step({ tool_call, tool_output })] }).steps.map(
        (s) => s.observation,
      );
    expect(outputs(["1", "2"])).toEqual(["1", "2"]);
    expect(outputs("both")).toEqual([null, "both"]);
  });
});

describe("a file", () => {
  it("of several rows is a run a line, each with its own steps and refs", () => {
    const text = `${JSON.stringify(row("a", [{ name: "x" }]))}\n\n${JSON.stringify(row("b", [{ name: "y" }, { name: "z" }]))}\n`;
    const { runs } = discoverRuns(open(text), [extractor]);
    const read = runs.map((run) => extractRun(run));
    expect(runs.map((run) => run.files.row)).toEqual([1, 3]);
    expect(
      read.map(({ trajectory }) => trajectory.steps.map((s) => [s.action, s.action_ref?.line_start])),
    ).toEqual([
      [["x {}", 1]],
      [
        ["y {}", 3],
        ["z {}", 3],
      ],
    ]);
    expect(read.map(({ fidelity }) => fidelity.passed)).toEqual([true, true]);
  });

  it("that is an indented list of rows is a run a row", () => {
    const rows = [row("a", [{ name: "x" }]), row("b", [{ name: "y" }])];
    const { runs } = discoverRuns(open(JSON.stringify(rows, null, 2), "runs.json"), [extractor]);
    const read = runs.map((run) => extractRun(run));
    expect(read.map(({ trajectory }) => trajectory.steps.map((s) => s.action))).toEqual([["x {}"], ["y {}"]]);
    expect(read.every(({ fidelity }) => fidelity.passed)).toBe(true);
  });

  it("whose rows share a line is refused with what to do", () => {
    const run = open(JSON.stringify([row("a", [{ name: "x" }]), row("b", [{ name: "y" }])]), "runs.json");
    expect(extractor.rows?.(run)).toEqual([]);
    expect(() => extractor.extract(run)).toThrow(/2 runs that share a line.*one run a line/);
  });

  it("with a broken row gives the others and names the line", () => {
    const run = open(`${JSON.stringify(row("a", [{ name: "x" }]))}\n{"task_id": "b", "steps": [\n`);
    expect(extractor.extract(run).steps.map((s) => s.action)).toEqual(["x {}"]);
    expect(run.problems).toEqual([expect.objectContaining({ path: "runs.jsonl", line: 2 })]);
  });
});

describe("a numbered trajectory", () => {
  it("keeps its order beyond nine and where the first numbers were dropped", () => {
    const trajectory: Record<string, unknown> = {};
    for (const number of [10, 9, 11]) {
      trajectory[`tool_name_${number}`] = `t${number}`;
      trajectory[`tool_args_${number}`] = {};
    }
    expect(extract({ trajectory }).steps.map((s) => s.tool)).toEqual(["t9", "t10", "t11"]);
  });
});

describe("detection", () => {
  it.each([
    ["chat messages", { messages: [{ role: "user", content: "x", tool_calls: [] }] }],
    ["ATIF", { steps: [{ step_id: 1, source: "agent", tool_calls: [{ tool_call_id: "a" }] }] }],
    ["package.json", { name: "x", version: "1.0.0", scripts: {} }],
    ["CI steps", { task_id: 1, steps: [{ name: "build", code: 1, output: "" }] }],
  ])("does not take %s", (_, value) => {
    expect(extractor.detect(open(JSON.stringify(value))).confidence).toBe(0);
  });
});
