import fs from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { tracedTarget } from "../../src/cli/traced-target.ts";
import { writeWorkspace } from "../../src/workspace/write.ts";
import { madeWorkspace } from "../support/made-workspace.ts";
import { noTerminal } from "../support/no-terminal.ts";
import { change, steps } from "../support/steps.ts";
import { tempRun } from "../support/temp-run.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/guessed-answer", import.meta.url));

describe("tracedTarget", () => {
  it("takes a workspace, and a folder that holds one", async () => {
    const cwd = folderWith("only");
    const expected = { folder: path.join(cwd, "out/only"), workspace: { extraction: { run: "only" } } };
    expect(await tracedTarget("out/only", io(cwd))).toMatchObject(expected);
    expect(await tracedTarget("out", io(cwd))).toMatchObject(expected);
  });

  it("reads a raw run and writes nothing", async () => {
    const cwd = tempRun({});
    const { folder, workspace } = await tracedTarget(EXAMPLE, io(cwd));
    expect(folder).toBeNull();
    expect(workspace.diagnosis.onset_step_id).toBe(8);
    expect(fs.readdirSync(cwd)).toEqual([]);
  });

  it("names the runs of a folder that holds several, workspaces or raw", async () => {
    const cwd = folderWith("a", "b");
    await expect(tracedTarget("out", io(cwd))).rejects.toMatchObject({
      code: "bad_argument",
      message: "out holds 2 runs, and this command takes one; name one of them:\n  out/a\n  out/b",
    });
    const raw = tempRun({});
    for (const name of ["one", "two"]) fs.cpSync(EXAMPLE, path.join(raw, "jobs", name), { recursive: true });
    await expect(tracedTarget("jobs", io(raw))).rejects.toMatchObject({
      message: "jobs holds 2 runs, and this command takes one; name one of them:\n  jobs/one\n  jobs/two",
    });
  });

  it("says what is not there", async () => {
    await expect(tracedTarget("nowhere", io(tempRun({})))).rejects.toMatchObject({ code: "run_not_found" });
  });
});

function folderWith(...names: string[]): string {
  const cwd = tempRun({});
  for (const name of names)
    writeWorkspace(path.join(cwd, "out", name), madeWorkspace(name, steps(change("make"))));
  return cwd;
}

function io(cwd: string): Io {
  const stdout = new PassThrough();
  const env = { CODETRACER_HOME: path.join(cwd, "home") };
  return {
    ...noTerminal(),
    stdout,
    stderr: stdout,
    env,
    cwd,
    now: () => 0,
    signal: new AbortController().signal,
  };
}
