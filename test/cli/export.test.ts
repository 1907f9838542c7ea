import fs from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { exportRuns } from "../../src/cli/commands/export.ts";
import type { Io } from "../../src/cli/io.ts";
import { writeWorkspace } from "../../src/workspace/write.ts";
import { eventfulRun } from "../export/made-run.ts";
import { noTerminal } from "../support/no-terminal.ts";
import { tempRun } from "../support/temp-run.ts";

const TRAJECTORY = JSON.stringify({
  schema_version: "ATIF-v1.7",
  agent: { name: "coder", version: "1" },
  steps: [
    { step_id: 1, source: "user", message: "look" },
    {
      step_id: 2,
      source: "agent",
      message: "",
      tool_calls: [{ tool_call_id: "call_1", function_name: "Bash", arguments: { command: "ls" } }],
      observation: {
        results: [{ source_call_id: "call_1", content: "key sk-ant-api03-FAKEFAKEFAKEFAKEFAKEFAKE" }],
      },
    },
  ],
});

/** Runs the command in a folder; gives its exit code and what it printed. */
async function run(cwd: string, target: string, flags: { format: string; out?: string; json?: boolean }) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io: Io = {
    ...noTerminal(),
    stdout,
    stderr,
    env: { HOME: cwd },
    cwd,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const code = await exportRuns(target, { out: "codetracer-export", ...flags }, io);
  return { code, stdout: String(stdout.read() ?? ""), stderr: String(stderr.read() ?? "") };
}

const filesBelow = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();

describe("codetracer export", () => {
  it("writes workspaces below a folder, a folder for each format", async () => {
    const cwd = tempRun({ "note.txt": "" });
    writeWorkspace(path.join(cwd, "all/one"), eventfulRun().workspace);
    writeWorkspace(path.join(cwd, "all/deep/two"), eventfulRun().workspace);
    const { code, stdout, stderr } = await run(cwd, "all", { format: "all" });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 runs, 16 steps, 4 labels → /);
    expect(stderr).toBe("codetracer: made without redaction: 2 runs; the export may hold secrets\n");
    expect(filesBelow(path.join(cwd, "codetracer-export"))).toEqual([
      "atif/deep/two.trajectory.json",
      "atif/one.trajectory.json",
      "csv/labels.csv",
      "csv/runs.csv",
      "csv/steps.csv",
      "docent/agent-runs.jsonl",
      "gen-ai/deep/two.events.jsonl",
      "gen-ai/deep/two.spans.jsonl",
      "gen-ai/one.events.jsonl",
      "gen-ai/one.spans.jsonl",
      "openinference/deep/two.annotations.jsonl",
      "openinference/deep/two.spans.jsonl",
      "openinference/one.annotations.jsonl",
      "openinference/one.spans.jsonl",
    ]);
    const runs = fs.readFileSync(path.join(cwd, "codetracer-export/csv/runs.csv"), "utf8");
    expect(runs.split("\r\n").map((line) => line.split(",")[0])).toEqual(["run_id", "deep/two", "one", ""]);
  });

  it("reads and diagnoses a raw run, secrets taken out, and leaves its folder alone", async () => {
    const cwd = tempRun({ "trial/trajectory.json": TRAJECTORY });
    await expect(run(cwd, "trial", { format: "csv", out: "trial/out" })).rejects.toThrow(
      "lies inside the run",
    );
    const { stdout } = await run(cwd, "trial", { format: "csv", json: true });
    expect(JSON.parse(stdout)).toMatchObject({ formats: ["csv"], runs: 1, steps: 1, failed: [] });
    const steps = fs.readFileSync(path.join(cwd, "codetracer-export/csv/steps.csv"), "utf8");
    expect(steps).toContain("trial,1,");
    expect(steps).not.toContain("FAKEFAKE");
    expect(filesBelow(path.join(cwd, "trial"))).toEqual(["trajectory.json"]);
  });

  it("leaves out a workspace that cannot be read, and says so", async () => {
    const cwd = tempRun({
      "all/broken/extraction.json": "{",
      "all/broken/steps.json": "[]",
      "all/broken/task.md": "",
    });
    await expect(run(cwd, "all", { format: "csv" })).rejects.toThrow("none of its runs could be read");
    expect(fs.existsSync(path.join(cwd, "codetracer-export"))).toBe(false);
    writeWorkspace(path.join(cwd, "all/one"), eventfulRun().workspace);
    const { code, stderr } = await run(cwd, "all", { format: "csv" });
    expect(code).toBe(0);
    expect(stderr).toContain("all/broken was left out");
  });

  it("replaces what an earlier call wrote", async () => {
    const cwd = tempRun({ "codetracer-export/csv/runs.csv": "old" });
    writeWorkspace(path.join(cwd, "one"), eventfulRun().workspace);
    await run(cwd, "one", { format: "csv" });
    expect(fs.readFileSync(path.join(cwd, "codetracer-export/csv/runs.csv"), "utf8")).toMatch(/^run_id,/);
  });
});
