import fs from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addHint } from "../../src/cli/hint-program.ts";
import type { ExitCode, Io } from "../../src/cli/io.ts";
import { writeHint } from "../../src/hint/index.ts";
import { HintFileSchema } from "../../src/trajectory/hint.ts";
import { writeWorkspace } from "../../src/workspace/write.ts";
import { noTerminal } from "../support/no-terminal.ts";
import { tempRun } from "../support/temp-run.ts";
import { reportRun } from "./check/traced.ts";

/** Runs one command line beside a workspace `ws` and tells what came of it. */
async function run(args: readonly string[], cwd = withWorkspace()) {
  let chosen: ((io: Io) => Promise<ExitCode>) | undefined;
  const program = new Command().exitOverride();
  addHint(program, (command) => {
    chosen = command;
  });
  program.parse(["hint", ...args], { from: "user" });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = {
    ...noTerminal(),
    stdout,
    stderr,
    env: {},
    cwd,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const code = await chosen?.(io);
  const read = (stream: PassThrough): string => (stream.read() as Buffer | null)?.toString() ?? "";
  return { code, out: read(stdout), err: read(stderr), cwd };
}

function withWorkspace(): string {
  const cwd = tempRun({});
  writeWorkspace(path.join(cwd, "ws"), reportRun());
  return cwd;
}

const WRITTEN = writeHint(reportRun(), { budgetTokens: 600, allowVerifier: false });

describe("hint", () => {
  it("prints the hint and keeps it in the workspace", async () => {
    const { code, out, err, cwd } = await run(["ws"]);
    expect({ code, out, err }).toEqual({ code: 0, out: WRITTEN.text, err: "" });
    const kept = HintFileSchema.parse(JSON.parse(fs.readFileSync(path.join(cwd, "ws", "hint.json"), "utf8")));
    expect(kept).toEqual(WRITTEN);
  });

  it("puts it in other forms, into a file where that is asked for", async () => {
    const { out } = await run(["ws", "--form", "json"]);
    expect(JSON.parse(out)).toEqual(WRITTEN);
    const { code, out: nothing, err, cwd } = await run(["ws", "--form", "codex", "-o", "made/AGENTS.md"]);
    expect({ code, nothing }).toEqual({ code: 0, nothing: "" });
    expect(err).toContain(`made/AGENTS.md: ${WRITTEN.token_count} tokens.`);
    expect(fs.readFileSync(path.join(cwd, "made", "AGENTS.md"), "utf8")).toContain(WRITTEN.text.trim());
  });

  it("keeps to the budget and says where nothing has room", async () => {
    const { out, err } = await run(["ws", "--budget-tokens", "100"]);
    expect(out.length).toBeLessThan(WRITTEN.text.length);
    expect(err).toBe("");
    await expect(run(["ws", "--budget-tokens", "20"])).rejects.toThrow(
      "--budget-tokens takes a whole number",
    );
  });

  it("writes nothing into a raw run", async () => {
    const cwd = tempRun({ "raw/log.json": "{}" });
    await expect(run(["raw", "-o", "raw/hint.md"], cwd)).rejects.toMatchObject({
      code: "inside_run_directory",
    });
    expect(fs.readdirSync(path.join(cwd, "raw"))).toEqual(["log.json"]);
  });

  it("asks a model where one is named, and falls back on the rules where that says nothing of use", async () => {
    const cwd = withWorkspace();
    fs.writeFileSync(path.join(cwd, "model.jsonl"), `${JSON.stringify({ text: "I would rather not." })}\n`);
    const { code, out, err } = await run(["ws", "--model", "scripted:model.jsonl", "--max-calls", "1"], cwd);
    expect({ code, out }).toEqual({ code: 0, out: WRITTEN.text });
    expect(err).toContain("This is the hint that the rules write.");
  });
});
