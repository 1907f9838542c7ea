import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { readWorkspace } from "../../src/workspace/read.ts";
import { codetracer } from "../support/cli.ts";
import { tempRun } from "../support/temp-run.ts";

const BUILT = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const LIBRARY = new URL("../../dist/src/record/index.js", import.meta.url).href;
/** No account's start-up files and no other recording. */
const ENV = { PATH: process.env.PATH ?? "" };

/** An agent that calls shells in these ways, one after the other, and prints what came of each. */
const agentOf = (calls: readonly { argv: string[]; options?: object }[]): string => `
import { spawnSync } from "node:child_process";
for (const { argv: [program, ...args], options } of ${JSON.stringify(calls)}) {
  const { status, signal, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", ...options });
  process.stdout.write(JSON.stringify({ status, signal, stdout, stderr }) + "\\n");
}`;

interface Event {
  type: string;
  [key: string]: unknown;
}

function eventsIn(folder: string): Event[] {
  const lines = fs.readFileSync(path.join(folder, "events.jsonl"), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Event);
}

const BASH = fs.existsSync("/bin/bash") ? "/bin/bash" : "bash";
const CALLS: { argv: string[]; options?: object; recorded: boolean }[] = [
  { argv: ["bash", "-c", "echo out; echo err >&2; exit 3"], recorded: true },
  { argv: ["sh", "-c", "echo $0 $#; nosuchprogram"], recorded: true },
  { argv: ["bash", "-c", "nosuchprogram"], recorded: true },
  { argv: [BASH, "-euo", "pipefail", "-c", "echo by its path; echo $-"], recorded: true },
  { argv: ["bash", "-c", "-l", "echo $1", "name", "first word"], recorded: true },
  { argv: ["bash", "-c", "bash -c 'echo nested'; sh -c 'echo twice'"], recorded: true },
  { argv: ["bash", "-c", "cat"], options: { input: "what it reads\n" }, recorded: true },
  { argv: ["bash", "-xc", "echo again"], recorded: true },
  {
    argv: ["bash", "-c", "ulimit -S -n; echo ${NODE_OPTIONS-none} ${BASH_ENV-none}; command -v bash"],
    recorded: true,
  },
  { argv: ["bash", "-c", "printf 'no line break'; printf '\\303(' >&2"], recorded: true },
  { argv: ["bash", "-c", "kill -TERM $$"], recorded: true },
  { argv: ["bash", "-c", "exec 2>&1; seq 20000"], recorded: true },
  { argv: ["sh"], options: { input: "echo typed" }, recorded: false },
  { argv: ["bash", "script.sh", "-c", "x"], recorded: false },
  { argv: ["bash", "-c"], recorded: false },
];

describe("codetracer record", () => {
  it("changes nothing of what shells do, and records those that are called with -c", async () => {
    const cwd = tempRun({ "agent.mjs": agentOf(CALLS), "script.sh": "echo script $1; bash -c 'echo below'" });
    const plain = await execa("node", ["agent.mjs"], { cwd, env: { ...ENV, HOME: cwd }, extendEnv: false });
    const recorded = await codetracer(
      ["record", "-o", "run", "--model", "m", "--task", "try it", "--", "node", "agent.mjs"],
      { cwd },
    );
    expect(recorded.stdout.split("\n")).toEqual(plain.stdout.split("\n"));
    expect(recorded.exitCode).toBe(0);
    expect(recorded.stderr).toContain("codetracer: diagnose it with: codetracer analyze ");
    const analyzed = await codetracer(["analyze", "run", "--out", "out", "--json", "--no-redact"], { cwd });
    const { folder } = JSON.parse(analyzed.stdout) as { folder: string };
    const { steps, task, extraction } = readWorkspace(path.resolve(cwd, folder));
    const results = plain.stdout
      .split("\n")
      .map((line) => JSON.parse(line) as { status: number | null; stdout: string; stderr: string });
    const expected = CALLS.flatMap(({ argv, recorded: isRecorded }, index) => {
      const { status = null, stdout = "", stderr = "" } = results[index] ?? {};
      const gap = stdout === "" || stderr === "" || stdout.endsWith("\n") ? "" : "\n";
      const at =
        argv.indexOf("-c") === 1 && argv[2] === "-l" ? 3 : argv.findIndex((word) => /^-\w*c$/.test(word)) + 1;
      return isRecorded
        ? [{ action: argv[at], observation: `${stdout}${gap}${stderr}`, exit_code: status ?? 143 }]
        : [];
    });
    // The script is passed, what it calls with -c is not.
    expected.push({ action: "echo below", observation: "below\n", exit_code: 0 });
    expect(steps.map(({ action, observation, exit_code }) => ({ action, observation, exit_code }))).toEqual(
      expected,
    );
    expect(task).toBe("try it");
    expect(extraction.agent).toEqual({ name: "node", version: null, model: "m" });
    expect(extraction.fidelity.passed).toBe(true);
    const passed = eventsIn(path.join(cwd, "run")).filter(({ type }) => type === "shell_passed");
    expect(passed.length).toBeGreaterThanOrEqual(2);
  });

  it("ends as the command does, and keeps a recording that is there", async () => {
    const cwd = tempRun({});
    const first = await codetracer(["record", "-o", "run", "--", "node", "-e", "process.exit(7)"], { cwd });
    expect(first.exitCode).toBe(7);
    expect(first.stderr).toContain("no command was seen");
    const log = fs.readFileSync(path.join(cwd, "run/events.jsonl"), "utf8");
    const second = await codetracer(["record", "-q", "-o", "run", "--", "bash", "-c", "kill -KILL $$"], {
      cwd,
    });
    expect(second).toEqual({ stdout: "", stderr: "", exitCode: 137 });
    expect(fs.readFileSync(path.join(cwd, "run/events.jsonl"), "utf8")).toBe(log);
    expect(eventsIn(path.join(cwd, "run-2")).at(-1)).toMatchObject({ outcome: { exit_status: "SIGKILL" } });
    const missing = await codetracer(["record", "-q", "-o", "none", "--", "no-such-program"], { cwd });
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain(
      "codetracer: no-such-program cannot be started (spawn no-such-program ENOENT)",
    );
  });

  it.each([
    [["record"], "record takes a command"],
    [["record", "--recover", "none"], "none/events.jsonl is not there"],
    [["record", "--recover", "none", "--", "ls"], "--recover runs no command"],
    [["record", "--task", "@none", "--", "ls"], "none cannot be read"],
    [["record", "--skip-shells", "x", "--", "ls"], "--skip-shells takes a whole number from 0 to 99, not x"],
  ])("refuses %j", async (args, message) => {
    const { exitCode, stderr } = await codetracer(args, { cwd: tempRun({}) });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  it("passes signals on to the command", async () => {
    const cwd = tempRun({
      "agent.mjs": `process.on("SIGTERM", () => { console.log("got it"); process.exit(5); }); console.log("ready"); setInterval(() => {}, 1000);`,
    });
    const child = spawn("node", [BUILT, "record", "-q", "-o", "run", "--", "node", "agent.mjs"], {
      cwd,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (chunk.includes("ready")) child.kill("SIGTERM");
    });
    expect(await once(child, "close")).toEqual([5, null]);
    expect(said).toBe("ready\ngot it\n");
    expect(eventsIn(path.join(cwd, "run")).at(-1)).toMatchObject({ outcome: { exit_status: "exit code 5" } });
  });

  it("lets what a command leaves running go on, and ends what is killed with its shell", async () => {
    const agent = `
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
const left = spawn("bash", ["-c", "(sleep 1; echo late) & echo now"]);
let text = "";
left.stdout.on("data", (chunk) => { text += chunk; });
left.on("exit", (code) => console.log("exit", code));
left.on("close", () => {
  console.log(text);
  const child = spawn("bash", ["-c", "echo begun > /dev/stdout; sleep 1; touch survived"]);
  child.stdout.once("data", (chunk) => {
    console.log(String(chunk));
    child.kill("SIGKILL");
  });
  child.on("exit", (code, signal) => console.log(signal));
  child.on("close", () => console.log(existsSync("survived")));
});`;
    const cwd = tempRun({ "agent.mjs": agent });
    const { stdout } = await codetracer(["record", "-q", "-o", "run", "--", "node", "agent.mjs"], { cwd });
    expect(stdout.split("\n")).toEqual(["exit 0", "now", "late", "", "begun", "", "SIGKILL", "false"]);
    const observed = eventsIn(path.join(cwd, "run")).filter(({ type }) => type === "observation");
    expect(observed.map(({ text, still_open, exit_code }) => ({ text, still_open, exit_code }))).toEqual([
      { text: "now\n", still_open: true, exit_code: 0 },
      { text: "begun\n", still_open: undefined, exit_code: 137 },
    ]);
  });

  it("records shells that run at the same time whole", async () => {
    const agent = `
import { spawn } from "node:child_process";
for (let n = 0; n < 8; n++) spawn("bash", ["-c", "yes " + n + " | head -n 100000"]).stdout.resume();`;
    const cwd = tempRun({ "agent.mjs": agent });
    await codetracer(["record", "-q", "-o", "run", "--", "node", "agent.mjs"], { cwd });
    const texts = eventsIn(path.join(cwd, "run")).flatMap(({ type, text }) =>
      type === "observation" ? [String(text)] : [],
    );
    expect(texts.sort()).toEqual(Array.from({ length: 8 }, (_, n) => `${n}\n`.repeat(100_000)));
  });

  it("skips the shell that a launcher starts the agent in", async () => {
    const cwd = tempRun({
      "agent.mjs": agentOf([{ argv: ["bash", "-c", "echo one"] }]),
      "package.json": JSON.stringify({ name: "x", scripts: { agent: "node agent.mjs" } }),
    });
    await codetracer(["record", "-q", "-o", "run", "--", "npm", "run", "--silent", "agent"], { cwd });
    const commands = eventsIn(path.join(cwd, "run")).flatMap(({ arguments: args }) =>
      args ? [(args as { command: string }).command] : [],
    );
    expect(commands).toEqual(["echo one"]);
  });

  it("is joined by an agent that records itself", async () => {
    const agent = `
import { execFileSync } from "node:child_process";
import { openRecorder } from ${JSON.stringify(LIBRARY)};
const recorder = openRecorder("own", { agent: { name: "own-agent", version: "2" }, task: "count", env: process.env });
const step = recorder.action({ command: "ls | wc -l", thinking: "count them" });
step.observe(execFileSync("bash", ["-c", "ls | wc -l"], { encoding: "utf8" }), { exit_code: 0 });
recorder.finish({ outcome: { exit_status: "counted" } });`;
    const cwd = tempRun({ "agent.mjs": agent });
    await codetracer(["record", "-q", "-o", "run", "--", "node", "agent.mjs"], { cwd });
    expect(fs.readdirSync(cwd).sort()).toEqual(["agent.mjs", "run"]);
    const { stdout } = await codetracer(["analyze", "run", "--out", "out", "--json"], { cwd });
    const { steps, extraction } = readWorkspace(
      path.resolve(cwd, (JSON.parse(stdout) as { folder: string }).folder),
    );
    expect(steps.map(({ action, thinking, observation }) => [action, thinking, observation])).toEqual([
      ["ls | wc -l", "count them", "2\n"],
    ]);
    expect(extraction.agent).toEqual({ name: "own-agent", version: "2", model: null });
    expect(extraction.outcome.exit_status).toBe("counted");
  });
});

const MOMENTS = [1, 2, 3, 5, 8];

it("a killed record loses no finished command, and its recording is read and recovered", async () => {
  const agent = `
import { spawnSync } from "node:child_process";
for (let n = 0; ; n++) {
  spawnSync("bash", ["-c", "echo output " + n]);
  process.stdout.write(n + "\\n");
}`;
  const cwd = tempRun({ "agent.mjs": agent });
  for (const moment of MOMENTS) {
    const out = `run${moment}`;
    // A group of its own, so that the agent ends with it.
    const child = spawn("node", [BUILT, "record", "-q", "-o", out, "--", "node", "agent.mjs"], {
      cwd,
      // What a kill leaves there goes with the test's folder.
      env: { ...process.env, TMPDIR: cwd },
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let finished = 0;
    let isKilled = false;
    child.stdout.on("data", (chunk: Buffer) => {
      finished += chunk.toString().split("\n").length - 1;
      if (finished >= moment && !isKilled) process.kill(-(child.pid ?? 0), "SIGKILL");
      isKilled ||= finished >= moment;
    });
    await once(child, "close");
    expect(fs.readdirSync(path.join(cwd, out))).toEqual(["events.jsonl"]);
    const { stdout } = await codetracer(["analyze", out, "--out", "out", "--json"], { cwd });
    const { steps } = readWorkspace(path.resolve(cwd, (JSON.parse(stdout) as { folder: string }).folder));
    const outputs = steps.slice(0, finished).map(({ observation }) => observation);
    expect(outputs).toEqual(Array.from({ length: finished }, (_, n) => `output ${n}\n`));
    const recovered = await codetracer(["record", "--recover", out], { cwd });
    expect(recovered.stderr).toContain(`${steps.length} action`);
    const document = JSON.parse(fs.readFileSync(path.join(cwd, out, "trajectory.json"), "utf8")) as {
      steps: unknown[];
    };
    expect(document.steps).toHaveLength(steps.length);
  }
});
