import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readNotes } from "../../src/memory/index.ts";
import { codetracer } from "../support/cli.ts";
import { tempRun } from "../support/temp-run.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/guessed-answer", import.meta.url));

describe("--memory", () => {
  it("keeps what runs showed, those that were analysed before as well, and nothing without the flag", async () => {
    const cwd = tempRun({});
    const home = path.join(cwd, "home");
    const env = { CODETRACER_HOME: home };
    fs.cpSync(EXAMPLE, path.join(cwd, "runs/one"), { recursive: true });
    fs.cpSync(EXAMPLE, path.join(cwd, "runs/two"), { recursive: true });
    expect((await codetracer(["analyze", "runs"], { cwd, env })).exitCode).toBe(0);
    expect(fs.existsSync(home)).toBe(false);
    expect((await codetracer(["analyze", "runs", "--memory"], { cwd, env })).exitCode).toBe(0);
    const [file = "", ...others] = fs.readdirSync(path.join(home, "memory"));
    expect(others).toEqual([]);
    const notes = (): unknown =>
      readNotes(path.join(home, "memory"), path.basename(file, ".jsonl")).map(({ kind, run_count, runs }) => [
        kind,
        run_count,
        runs.map(({ run }) => run).sort(),
      ]);
    const first = notes();
    expect(first).toContainEqual(["stand-in-result", 2, ["runs/one", "runs/two"]]);
    const traced = await codetracer(["trace", "codetracer-out/runs/one", "--memory"], { cwd, env });
    expect(traced.exitCode).toBe(0);
    expect(notes()).toEqual(first);
  });

  it("that cannot be written is said, and the workspace is there all the same", async () => {
    const cwd = tempRun({ home: "a file" });
    const { stderr, exitCode } = await codetracer(["analyze", EXAMPLE, "--memory"], {
      cwd,
      env: { CODETRACER_HOME: path.join(cwd, "home") },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("let CODETRACER_HOME name a folder that can be written, or leave out --memory");
    expect(fs.existsSync(path.join(cwd, "codetracer-out/guessed-answer/diagnosis.json"))).toBe(true);
  });
});
