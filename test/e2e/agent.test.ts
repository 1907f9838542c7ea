import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { codetracer } from "../support/cli.ts";
import { directoryDigest } from "../support/directory-digest.ts";
import { tempRun } from "../support/temp-run.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/guessed-answer", import.meta.url));
const BUILT = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const INVESTIGATORS = fileURLToPath(new URL("../support/investigators", import.meta.url));
const SCRIPTED = `scripted:${path.join(INVESTIGATORS, "every-stage.mjs")}`;

function runs(count: number): string {
  const cwd = tempRun({});
  for (let run = 0; run < count; run++)
    fs.cpSync(EXAMPLE, path.join(cwd, "job", `run-${run}`), { recursive: true });
  return cwd;
}

const lines = (file: string): string[] => fs.readFileSync(file, "utf8").trim().split("\n");

describe("analyze with a model", () => {
  it.each(["agent", "direct"])(
    "%s: two calls give the same files, and the second asks nothing",
    async (tracer) => {
      const model = tracer === "agent" ? SCRIPTED : `scripted:${path.join(INVESTIGATORS, "direct.mjs")}`;
      const cwd = runs(3);
      const args = ["analyze", "job", "--tracer", tracer, "--model", model, "-q", "--json"];
      const first = await codetracer([...args, "--out", "a"], { cwd });
      expect(first.stderr).toBe("");
      expect(JSON.parse(first.stdout)).toMatchObject([
        { status: "done" },
        { status: "done" },
        { status: "done" },
      ]);
      const second = await codetracer([...args, "--out", "b"], { cwd });
      expect(second.exitCode).toBe(0);
      expect(directoryDigest(path.join(cwd, "a"))).toBe(directoryDigest(path.join(cwd, "b")));
      const again = await codetracer([...args, "--out", "a"], { cwd });
      expect(JSON.parse(again.stdout)).toMatchObject([
        { status: "kept" },
        { status: "kept" },
        { status: "kept" },
      ]);
      expect(directoryDigest(path.join(cwd, "a"))).toBe(directoryDigest(path.join(cwd, "b")));
    },
  );

  it("writes a diagnosis whose labels were opened, and a record that can itself be analysed", async () => {
    const cwd = runs(1);
    const { stdout } = await codetracer(["analyze", "job", "--model", SCRIPTED, "--json"], { cwd });
    const { diagnosis, folder } = JSON.parse(stdout);
    expect(diagnosis).toMatchObject({ tracer: "agent", model: SCRIPTED, verdict: "diagnosed" });
    expect(diagnosis.labels.length).toBeGreaterThan(0);
    expect(diagnosis.usage).toMatchObject({ calls: 3, cost_usd: null });
    const traced = await codetracer(["analyze", path.join(folder, "tracer.jsonl"), "--no-out", "--json"], {
      cwd,
    });
    const { extraction, steps } = JSON.parse(traced.stdout);
    expect(extraction.extractor.id).toBe("tracer-journal");
    expect(steps).toHaveLength(3);
    expect(steps[0].action).toContain("steps --stage");
  });

  it("takes a command as the model, as a scripted one", async () => {
    const cwd = runs(1);
    const command = `exec:node ${path.join(INVESTIGATORS, "exec-model.mjs")}`;
    const labels = async (model: string): Promise<unknown> => {
      const { stdout } = await codetracer(["analyze", "job", "--model", model, "--no-out", "--json"], {
        cwd,
      });
      return JSON.parse(stdout).diagnosis.labels;
    };
    expect(await labels(command)).toEqual(await labels(SCRIPTED));
  });

  it("estimates without asking, and takes nothing for what is done", async () => {
    const cwd = runs(3);
    const args = ["analyze", "job", "--model", SCRIPTED, "-q"];
    const before = await codetracer([...args, "--estimate", "--json"], { cwd });
    expect(JSON.parse(before.stdout)).toMatchObject({ runs: 3, cost_usd: null });
    expect(JSON.parse(before.stdout).calls).toBeGreaterThanOrEqual(9);
    expect(fs.existsSync(path.join(cwd, "codetracer-out", "job", "run-0", "tracer.jsonl"))).toBe(false);
    await codetracer(args, { cwd });
    const { stdout } = await codetracer([...args, "--estimate"], { cwd });
    expect(stdout).toBe("agent: 0 runs to trace, about 0 calls, 0 input and 0 output tokens, $0.00");
  });

  it("merges several passes and says how far they agree", async () => {
    const cwd = runs(1);
    const args = ["analyze", "job", "--model", SCRIPTED, "--votes", "3", "--no-out", "--json"];
    const { diagnosis } = JSON.parse((await codetracer(args, { cwd })).stdout);
    expect(diagnosis).toMatchObject({ agreement: 1, usage: { calls: 9 }, settings: { votes: 3 } });
  });

  it("is killed again and again, goes on where it was, and pays for no finished call twice", async () => {
    const cwd = runs(4);
    const log = path.join(cwd, "calls.log");
    const logged = path.join(cwd, "model.sh");
    fs.writeFileSync(
      logged,
      `#!/bin/sh\nsleep 0.2\nnode ${path.join(INVESTIGATORS, "exec-model.mjs")} && echo call >> ${log}\n`,
      { mode: 0o755 },
    );
    const args = ["analyze", "job", "--tracer", "agent", "--model", `exec:${logged}`, "-q"];
    await codetracer([...args, "--out", "calm"], { cwd });
    const calls = lines(log).length;
    fs.rmSync(log);
    const inFlight = 4;
    let kills = 0;
    for (; kills < 4; kills++) {
      const child = execa("node", [BUILT, ...args, "--out", "killed"], {
        cwd,
        reject: false,
        stdout: "ignore",
      });
      await new Promise((resolve) => setTimeout(resolve, 700 + 300 * kills));
      child.kill("SIGKILL");
      await child;
    }
    const last = await codetracer([...args, "--out", "killed", "--json"], { cwd });
    expect(last.exitCode).toBe(0);
    expect(directoryDigest(path.join(cwd, "killed"))).toBe(directoryDigest(path.join(cwd, "calm")));
    // Calls that were under way when the process died are the only ones that are made again.
    expect(lines(log).length).toBeLessThanOrEqual(calls + kills * inFlight);
    expect(lines(log).length).toBeGreaterThanOrEqual(calls);
  });
});

describe("a model that cannot be asked", () => {
  const cases: [string, string[], RegExp][] = [
    ["none is named", ["--tracer", "agent"], /--tracer agent asks a model and none is named; give --model/],
    ["no key", ["--model", "anthropic/claude-x"], /ANTHROPIC_API_KEY/],
    ["no such kind", ["--model", "gpt-5"], /write openai\/gpt-5/],
    ["unknown price", ["--model", SCRIPTED, "--max-cost", "1"], /--max-cost cannot be kept to/],
    [
      "a bad number",
      ["--model", SCRIPTED, "--votes", "0"],
      /--votes takes a whole number from 1 to 50, not 0/,
    ],
    ["no such script", ["--model", "scripted:no.json"], /no\.json/],
    ["secrets kept", ["--model", SCRIPTED, "--no-redact"], /--no-redact/],
    ["a command that fails", ["--model", "exec:exit 3"], /exit(?:ed with)? (?:code |status )?3/],
    ["calls used up", ["--model", SCRIPTED, "--max-calls", "1"], /raise --max-calls/],
  ];
  it.each(cases)("%s: says so in one line and exits with 2", async (_, args, message) => {
    const cwd = runs(1);
    const { stderr, stdout, exitCode } = await codetracer(["analyze", "job", ...args], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  it("costs a batch that run alone", async () => {
    const cwd = runs(2);
    const model = path.join(cwd, "odd.mjs");
    fs.writeFileSync(
      model,
      `import every from ${JSON.stringify(path.join(INVESTIGATORS, "every-stage.mjs"))};
       let asked = 0;
       export default (messages) => {
         if (asked++ === 0) throw Object.assign(new Error("no"), { failure: "server" });
         return every(messages);
       };`,
    );
    const args = ["analyze", "job", "--model", `scripted:${model}`, "--json", "-q"];
    const { stdout } = await codetracer(args, { cwd });
    const results = JSON.parse(stdout) as { status: string }[];
    expect(results.map(({ status }) => status).sort()).toEqual(["done", "failed"]);
  });
});
