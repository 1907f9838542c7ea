import { describe, expect, it } from "vitest";
import { callsOf } from "../../src/export/call.ts";
import { fileName } from "../../src/export/file-name.ts";
import { spanId, traceId, uuid } from "../../src/export/ids.ts";
import { exportFormats } from "../../src/export/index.ts";
import { toJson } from "../../src/export/json.ts";
import { look, steps } from "../support/steps.ts";
import { madeRun } from "./made-run.ts";

describe("file names", () => {
  it("are the run's id where that is safe", () => {
    expect(fileName("runs/aider/one-2.traj")).toBe("runs/aider/one-2.traj");
  });

  it.each([
    "../../etc/passwd",
    "/abs",
    "a//b",
    ".hidden",
    "con:trol\u0000",
    "a b",
    "",
    "..",
    "x".repeat(400),
  ])("%j stays below its folder, and is told apart", (id) => {
    const name = fileName(id);
    expect(name).toMatch(/^[\w.\p{L}-]+(?:\/[\w.\p{L}-]+)*$/u);
    expect(name.split("/").every((segment) => !segment.startsWith(".") && segment.length <= 130)).toBe(true);
    expect(name).toMatch(/-[0-9a-f]{8}$/);
  });

  it("of two runs never are one", () => {
    expect(fileName("a b")).not.toBe(fileName("a_b"));
    expect(fileName("a b")).not.toBe(fileName("a:b"));
  });
});

describe("ids", () => {
  const run = madeRun(steps(look("ls", "a")));

  it("have the form of their kind", () => {
    expect(traceId(run)).toMatch(/^[0-9a-f]{32}$/);
    expect(spanId(run, "step", 1)).toMatch(/^[0-9a-f]{16}$/);
    expect(uuid(run, "run")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("depend on what the run did and not on its labels or its name", () => {
    expect(traceId(madeRun(run.workspace.steps, { run_id: "other" }))).toBe(traceId(run));
    expect(traceId(madeRun(steps(look("ls", "b"))))).not.toBe(traceId(run));
    expect(spanId(run, "step", 1)).not.toBe(spanId(run, "step", 2));
  });
});

describe("JSON", () => {
  it("holds no half of a character, and text that looks like one stays", () => {
    const value = { "\udc00": "a\ud800b", kept: "\\ud800 \ud83d\ude00 \u0001" };
    const text = toJson(value);
    expect(JSON.parse(text)).toEqual({ "\ufffd": "a\ufffdb", kept: "\\ud800 \ud83d\ude00 \u0001" });
  });
});

describe("calls", () => {
  it("are as recorded, or made up around the command", () => {
    expect(
      callsOf(
        steps(
          look("ls", "a", { tool: "Bash", arguments: { command: "ls" }, tool_call_id: "codetracer-step-2" }),
          look("pwd", "/"),
          look("git log\n", "", { tool: "bash_command" }),
          look("browse x", "", { tool: "browse" }),
        ),
      ),
    ).toEqual([
      { id: "codetracer-step-2", name: "Bash", arguments: { command: "ls" }, is_recorded: true },
      { id: "codetracer-step-2-", name: "shell", arguments: { command: "pwd" }, is_recorded: false },
      {
        id: "codetracer-step-3",
        name: "bash_command",
        arguments: { keystrokes: "git log\n" },
        is_recorded: false,
      },
      { id: "codetracer-step-4", name: "browse", arguments: { input: "browse x" }, is_recorded: false },
    ]);
  });
});

describe("formats", () => {
  it("are picked by name", () => {
    const names = (list: string) => exportFormats(list).map(({ id }) => id);
    expect(names("csv, atif,csv")).toEqual(["csv", "atif"]);
    expect(names("all")).toEqual(["openinference", "gen-ai", "atif", "docent", "csv"]);
    expect(() => names("xml")).toThrow("--format takes openinference, gen-ai, atif, docent, csv or all");
  });
});
