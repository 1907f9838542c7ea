import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { codetracer } from "../support/cli.ts";
import { tempRun } from "../support/temp-run.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples/replay", import.meta.url));
const BUILT = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));

/** A fresh copy of a task's folder in which the example agent has failed; the run lies beside it. */
function failedRun(task: string): string {
  const cwd = tempRun({});
  fs.cpSync(path.join(EXAMPLES, "tasks", task, "files"), path.join(cwd, "first"), { recursive: true });
  execFileSync(
    "node",
    [
      ...[path.join(EXAMPLES, "agent.mjs"), "--model", path.join(EXAMPLES, "models", `${task}.mjs`)],
      ...["--task-file", path.join(EXAMPLES, "tasks", task, "task.md")],
      ...["--run-dir", path.join(cwd, "failed"), "--seed", "10"],
    ],
    { cwd: path.join(cwd, "first") },
  );
  return cwd;
}

function replayArguments(task: string, out: string): string[] {
  const agent = `node ${EXAMPLES}/agent.mjs --model ${EXAMPLES}/models/${task}.mjs`;
  return [
    ...["replay", "run", "failed", "--out", out],
    ...[
      "--command",
      `${agent} --task-file {task_file} --hint-file {hint_file} --run-dir {run_dir} --seed {seed}`,
    ],
    ...["--check", `sh ${EXAMPLES}/tasks/${task}/check.sh`],
    ...["--template-dir", path.join(EXAMPLES, "tasks", task, "files")],
  ];
}

const ledgerOf = (cwd: string, out: string): string => {
  const file = path.join(cwd, out, "attempts.jsonl");
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
};

/** Without what a clock says. */
const timeless = (ledger: string): unknown[] =>
  ledger
    .trim()
    .split("\n")
    .map((line) =>
      JSON.parse(line, (key: string, value: unknown) => (key === "seconds" ? undefined : value)),
    );

describe("the examples", () => {
  it.each([
    ["order-total", "recovered: of 6 pairs, 6 passed with the hint and 0 without it (p = 0.031)"],
    ["door-code", "not recovered: of 6 pairs, 0 passed with the hint and 0 without it (p = 1.000)"],
    ["opening-hours", "passes anyway: of 6 pairs, 6 passed with the hint and 6 without it (p = 1.000)"],
  ])("%s: %s", async (task, verdict) => {
    const cwd = failedRun(task);
    const { stdout, stderr, exitCode } = await codetracer(replayArguments(task, "out"), { cwd });
    expect(stdout.split("\n")[0]).toBe(verdict);
    expect(exitCode).toBe(0);
    expect(stderr.split("\n").at(-1)).toMatch(/^12 of 12: pair 6 with/);
    const written = JSON.parse(fs.readFileSync(path.join(cwd, "out", "report.json"), "utf8"));
    const again = await codetracer([...replayArguments(task, "out"), "--json"], { cwd });
    expect(JSON.parse(again.stdout)).toEqual(written);
    expect(again.stderr).toBe("");
  });

  it("order-total: the mistake comes back without the hint only, that codetracer hint wrote", async () => {
    const cwd = failedRun("order-total");
    await codetracer(["hint", "failed", "--form", "json", "--out", "hint.json"], { cwd });
    const args = [...replayArguments("order-total", "out"), "--hint", "hint.json", "--json"];
    const report = JSON.parse((await codetracer(args, { cwd })).stdout);
    const { text } = JSON.parse(fs.readFileSync(path.join(cwd, "hint.json"), "utf8"));
    const given = (order: string): string =>
      fs.readFileSync(path.join(cwd, "out", "runs", order, "hint.md"), "utf8");
    expect([given("01"), given("02")].sort()).toEqual(["", text]);
    expect(report.arms).toMatchObject([
      { arm: "with_hint", passed: 6, runs_read: 6, recurred: 0, median_steps: 5, cost_known: 6 },
      { arm: "without_hint", passed: 0, runs_read: 6, recurred: 6, median_steps: 5, cost_known: 6 },
    ]);
    expect(report.comparison).toMatchObject({ only_with_hint: 6, p: 0.03125, verdict: "recovered" });
    expect(report.comparison.fisher_p).toBeCloseTo(2 / 924, 12);
    expect(report.not_known).toEqual([]);
  });
});

it("an experiment that is killed again and again ends with the same ledger as an undisturbed one", async () => {
  const cwd = failedRun("order-total");
  const args = (out: string): string[] => [...replayArguments("order-total", out), "--attempts", "3"];
  await codetracer(args("calm"), { cwd });
  let kept = "";
  for (const [lines, wait_ms] of [
    [0, 0],
    [0, 60],
    [1, 0],
    [3, 90],
    [5, 30],
  ] as const) {
    const child = execa("node", [BUILT, ...args("killed"), "-q"], {
      ...{ cwd, reject: false, stdout: "ignore" },
    });
    const ended = child.then(() => true);
    const isThere = (): boolean =>
      fs.existsSync(path.join(cwd, "killed", "protocol.json")) &&
      ledgerOf(cwd, "killed").split("\n").length > lines;
    while (!isThere() && !(await Promise.race([ended, pause(5)])));
    await pause(wait_ms);
    child.kill("SIGKILL");
    await child;
    const ledger = ledgerOf(cwd, "killed");
    expect(ledger.startsWith(kept)).toBe(true);
    kept = ledger.slice(0, ledger.lastIndexOf("\n") + 1);
  }
  const last = await codetracer([...args("killed"), "--json"], { cwd });
  expect(last.exitCode).toBe(0);
  expect(timeless(ledgerOf(cwd, "killed"))).toEqual(timeless(ledgerOf(cwd, "calm")));
  const orders = fs.readdirSync(path.join(cwd, "killed", "runs")).sort();
  expect(orders).toEqual(fs.readdirSync(path.join(cwd, "calm", "runs")).sort());
});

it.skipIf(process.platform !== "linux")(
  "what a killed experiment had started is ended before it goes on",
  async () => {
    const cwd = failedRun("order-total");
    const mark = `8${process.pid}6`;
    const isRunning = (): boolean =>
      execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n").includes(`sleep ${mark}`);
    const args = [
      ...["replay", "run", "failed", "--out", "out", "--attempts", "1", "--check", "test -f total.txt"],
      ...["--command", `sh -c 'test -f {here}/again && exit 0; setsid sleep ${mark}'`],
    ];
    const child = execa("node", [BUILT, ...args], { cwd, reject: false });
    while (!isRunning()) await pause(20);
    child.kill("SIGKILL");
    await child;
    expect(isRunning()).toBe(true);
    fs.writeFileSync(path.join(cwd, "again"), "");
    const { stderr, exitCode } = await codetracer(args, { cwd });
    expect(isRunning()).toBe(false);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("was not finished; it is set aside and made again");
    expect(stderr).toContain("warning: 1 pair cannot show a difference, however they end; it takes 6");
  },
);

it("an interrupt ends the attempt, says so, and exits with 130", async () => {
  const cwd = failedRun("order-total");
  const args = [
    ...["replay", "run", "failed", "--out", "out", "--check", "test -f total.txt"],
    ...["--command", "sh -c 'touch {here}/began; sleep 1000'"],
  ];
  const child = execa("node", [BUILT, ...args], { cwd, reject: false });
  while (!fs.existsSync(path.join(cwd, "began"))) await pause(20);
  child.kill("SIGINT");
  const { stdout, stderr, exitCode } = await child;
  expect(exitCode).toBe(130);
  expect(stdout).toBe("");
  expect(stderr).toBe("interrupted after 0 of 12 attempts; the same command goes on");
  expect(fs.existsSync(path.join(cwd, "out", "report.json"))).toBe(false);
});

it("mistakes of the user are said in a line, and nothing is run", async () => {
  const cwd = failedRun("order-total");
  const base = ["replay", "run", "failed", "--out", "out"];
  const cases: [string[], string][] = [
    [
      ["--command", "sh -c 'agent {task}'", "--check", "false"],
      "--command puts {task} where a program would be read",
    ],
    [["--command", "agent {task} | tee x", "--check", "false"], "--command holds | outside single quotes"],
    [
      ["--command", "true {task}", "--check", "false", "--hint", "none.md"],
      "--hint none.md cannot be read (ENOENT)",
    ],
    [["--command", "true {task}", "--check", "false", "--attempts", "0"], "--attempts takes a whole number"],
    [["--command", "true", "--check", "test -s {hint_file}"], "--check takes no {hint_file}"],
  ];
  for (const [args, message] of cases) {
    const { stderr, exitCode } = await codetracer([...base, ...args], { cwd });
    expect(stderr).toContain(message);
    expect(stderr.split("\n")).toHaveLength(1);
    expect(exitCode).toBe(2);
  }
  expect(fs.existsSync(path.join(cwd, "out"))).toBe(false);
});

function pause(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}
