import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readNotes } from "../../src/memory/index.ts";
import { madeData, madeRecord } from "../bench/codetracebench/support/made-data.ts";
import { codetracer } from "../support/cli.ts";
import { tempRun } from "../support/temp-run.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/guessed-answer", import.meta.url));
const INVESTIGATOR = new URL("../support/investigators/every-stage.mjs", import.meta.url).href;

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

  it("in a benchmark tells each row what the others showed, beside the ledger and apart from the user's", async () => {
    const data = await madeData(
      ["a", "b", "c"].map((name) => madeRecord(`row-${name}`, { task_name: name })),
    );
    const cwd = tempRun({});
    const env = { CODETRACER_HOME: path.join(cwd, "home") };
    // An investigator that writes down what it is told of other runs.
    fs.writeFileSync(
      path.join(cwd, "model.mjs"),
      `import fs from "node:fs";
       import every from ${JSON.stringify(INVESTIGATOR)};
       export default (messages) => {
         const told = /^- in \\d of \\d runs: .*$/m.exec(messages.map(({ text }) => text).join("\\n"))?.[0] ?? "nothing";
         if (messages.every(({ role }) => role !== "assistant")) fs.appendFileSync("told.txt", told + "\\n");
         return every(messages);
       };`.replaceAll("\\\\", "\\"),
    );
    const bench = async (...more: string[]): Promise<string[]> => {
      const flags = ["--memory", "--model", "scripted:model.mjs", "--concurrency", "1", "--json", "-q"];
      fs.rmSync(path.join(cwd, "told.txt"), { force: true });
      const { exitCode } = await codetracer(["bench", data, "-m", "agent", ...flags, ...more], { cwd, env });
      expect(exitCode).toBe(0);
      const file = path.join(cwd, "told.txt");
      return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
    };
    const first = await bench();
    expect(first).toEqual([
      "nothing",
      "nothing",
      expect.stringMatching(/^- in 2 of 2 runs: .* \([0-9a-f]{16}, [0-9a-f]{16}\)$/),
    ]);
    expect(await bench()).toEqual([]);
    expect(fs.existsSync(path.join(cwd, "home"))).toBe(false);
    const memory = path.join(cwd, "codetracer-bench/memory");
    expect(fs.readdirSync(memory)).toEqual(["mini-swe-agent.jsonl"]);
    const file = path.join(memory, "mini-swe-agent.jsonl");
    const kept = fs.readFileSync(file, "utf8");
    expect(kept.trim().split("\n")).toHaveLength(3);
    await bench("--fresh");
    expect(fs.readFileSync(file, "utf8")).toBe(kept);
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
