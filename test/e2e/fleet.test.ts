import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { codetracer } from "../support/cli.ts";
import { directoryDigest } from "../support/directory-digest.ts";
import { tempRun } from "../support/temp-run.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/guessed-answer", import.meta.url));
const INVESTIGATORS = fileURLToPath(new URL("../support/investigators", import.meta.url));
const BUILT = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));

const RUBRIC = `# Asks for help

## Criterion
The agent asks its user a question and waits.

## Counter-criterion
A question that it answers itself.

## Insufficient evidence
No prose of the agent is recorded.

## Examples
- Present: step 4 asks which database to use and ends the turn.
- Not present: step 9 writes "which one?" and goes on.
`;

/** Finds nothing, and leaves a mark for each call. */
const JUDGE = `import fs from "node:fs";
export default function reply(messages) {
  fs.appendFileSync("calls", "x");
  const ids = [...messages.map(({ text }) => text).join("\\n").matchAll(/^# Rubric \`([a-z-]+)\`/gm)].map(([, id]) => id);
  const verdicts = ids.map((rubric) => ({ rubric, present: false, confidence: 0.9, step_ids: [], quotes: [], reason: "not there" }));
  return "Read.\\n\\n\`\`\`json\\n" + JSON.stringify({ verdicts }) + "\\n\`\`\`\\n";
}
`;

function jobs(count: number): string {
  const cwd = tempRun({});
  for (let run = 0; run < count; run++)
    fs.cpSync(EXAMPLE, path.join(cwd, "job", `run-${run}`), { recursive: true });
  return cwd;
}

/** Everything of a fleet that must not depend on how often its making was killed. */
function lasting(folder: string) {
  const { last_call: _, ...fleet } = JSON.parse(fs.readFileSync(path.join(folder, "fleet.json"), "utf8"));
  return {
    fleet,
    tables: directoryDigest(path.join(folder, "tables")),
    workspaces: directoryDigest(path.join(folder, "workspaces")),
  };
}

async function killAfter(ms: number, args: readonly string[], cwd: string): Promise<void> {
  const child = execa("node", [BUILT, ...args], { cwd, reject: false, stdout: "ignore", stderr: "ignore" });
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill("SIGKILL");
  await child;
}

describe("codetracer fleet", { timeout: 180_000 }, () => {
  it("comes to the same tables however often it is killed, while it begins and once it is finished", async () => {
    const cwd = jobs(60);
    expect((await codetracer(["fleet", "job", "-o", "calm", "-q"], { cwd })).exitCode).toBe(0);
    const args = ["fleet", "job", "-o", "killed", "-q"];
    for (const ms of [200, 300, 400, 500, 600, 700, 850, 1000, 1200]) await killAfter(ms, args, cwd);
    expect((await codetracer(args, { cwd })).exitCode).toBe(0);
    const calm = lasting(path.join(cwd, "calm"));
    expect(lasting(path.join(cwd, "killed"))).toEqual(calm);
    for (const ms of [300, 500, 600, 700, 800, 900]) await killAfter(ms, args, cwd);
    expect((await codetracer([...args, "-j", "1"], { cwd })).exitCode).toBe(0);
    expect(lasting(path.join(cwd, "killed"))).toEqual(calm);
  });

  it("says what was read and what was not, and answers questions about it", async () => {
    const cwd = jobs(2);
    fs.mkdirSync(path.join(cwd, "bad"));
    fs.writeFileSync(path.join(cwd, "bad/broken.tar.gz"), "no archive");
    fs.writeFileSync(path.join(cwd, "list.txt"), "job/run-0\njob/run-1\nbad/broken.tar.gz\njob/gone\n");
    const made = await codetracer(["fleet", "list.txt", "-o", "fleet", "-q"], { cwd });
    expect(made).toMatchObject({ stderr: "", exitCode: 0 });
    expect(made.stdout).toContain("2 runs read, 2 could not be read");
    expect(made.stdout).toContain("0 solved, 2 failed, 0 unknown");
    expect(made.stdout).toContain("no such file or directory");
    const shown = await codetracer(["fleet", "show", "fleet"], { cwd });
    expect(shown.stdout.startsWith(made.stdout)).toBe(true);
    expect(shown.stdout.length).toBeGreaterThan(made.stdout.length);
    const sql = "select run_id, outcome, onset_step_id from runs order by all";
    const asked = await codetracer(["fleet", "query", "fleet", sql, "--json"], { cwd });
    expect(JSON.parse(asked.stdout)).toEqual([
      { run_id: "job/run-0", outcome: "failed", onset_step_id: 8 },
      { run_id: "job/run-1", outcome: "failed", onset_step_id: 8 },
    ]);
    const tables = await codetracer(["fleet", "tables", "fleet", "--json"], { cwd });
    const rows = (JSON.parse(tables.stdout) as { name: string; rows: number }[]).map((one) => [
      one.name,
      one.rows,
    ]);
    expect(Object.fromEntries(rows)).toMatchObject({ runs: 2, steps: 22, unreadable: 2 });
  });

  it("keeps what is up to date, makes again what changed, and follows runs that come and go", async () => {
    const cwd = jobs(3);
    const fleet = async (...args: string[]) => {
      const { stdout } = await codetracer(["fleet", "job", "-o", "fleet", "-q", "--json", ...args], { cwd });
      const { run_ids, last_call } = JSON.parse(stdout);
      return { run_ids, made: last_call.made, kept: last_call.kept };
    };
    const run_ids = ["job/run-0", "job/run-1", "job/run-2"];
    expect(await fleet()).toEqual({ run_ids, made: 3, kept: 0 });
    fs.appendFileSync(path.join(cwd, "job/run-1/results.json"), "\n");
    expect(await fleet()).toEqual({ run_ids, made: 1, kept: 2 });
    fs.rmSync(path.join(cwd, "job/run-0"), { recursive: true });
    expect(await fleet()).toEqual({ run_ids: run_ids.slice(1), made: 0, kept: 2 });
    expect(await fleet("--force")).toEqual({ run_ids: run_ids.slice(1), made: 2, kept: 0 });
  });

  it("has a model diagnose the runs, asks nothing twice, and leaves to the rules what it does not manage", async () => {
    const cwd = jobs(3);
    const model = `scripted:${path.join(INVESTIGATORS, "direct.mjs")}`;
    const args = [
      "fleet",
      "job",
      "-o",
      "fleet",
      "--tracer",
      "direct",
      "--model",
      model,
      "--no-judge",
      "-q",
      "--json",
    ];
    const estimate = await codetracer([...args, "--estimate"], { cwd });
    expect(JSON.parse(estimate.stdout)).toMatchObject({ runs: 3, calls: 3, cost_usd: null });
    const first = await codetracer(args, { cwd });
    expect(JSON.parse(first.stdout)).toMatchObject({ settings: { tracer: "direct", model }, untraced: [] });
    const before = lasting(path.join(cwd, "fleet"));
    expect(JSON.parse((await codetracer([...args, "--estimate"], { cwd })).stdout)).toMatchObject({
      runs: 0,
    });
    await codetracer(args, { cwd });
    expect(lasting(path.join(cwd, "fleet"))).toEqual(before);
    const failing = args.map((arg) => (arg === model ? "exec:false" : arg));
    const left = JSON.parse((await codetracer([...failing, "--retries", "0"], { cwd })).stdout);
    expect(left.untraced).toHaveLength(3);
    expect(left.counts.runs).toBe(3);
  });

  it("has a model judge behaviours, a rubric of the user's among them, and asks once", async () => {
    const cwd = jobs(2);
    fs.writeFileSync(path.join(cwd, "asks-for-help.md"), RUBRIC);
    fs.writeFileSync(path.join(cwd, "judge.mjs"), JUDGE);
    const model = ["--model", "scripted:judge.mjs", "--rubric", "asks-for-help.md"];
    const args = ["fleet", "job", "-o", "fleet", "--tracer", "rules", ...model, "-q", "--json"];
    const first = await codetracer(args, { cwd });
    expect(first).toMatchObject({ stderr: "", exitCode: 0 });
    expect(JSON.parse(first.stdout).settings.judged).toContain("asks-for-help");
    const sql =
      "select present, judged_by, count(*) as runs from flags where behaviour = 'asks-for-help' group by all";
    const { stdout } = await codetracer(["fleet", "query", "fleet", sql, "--json"], { cwd });
    expect(JSON.parse(stdout)).toEqual([{ present: false, judged_by: "scripted:judge.mjs", runs: 2 }]);
    const before = lasting(path.join(cwd, "fleet"));
    const calls = fs.readFileSync(path.join(cwd, "calls"), "utf8").length;
    expect(calls).toBeGreaterThan(0);
    await codetracer(args, { cwd });
    expect(lasting(path.join(cwd, "fleet"))).toEqual(before);
    expect(fs.readFileSync(path.join(cwd, "calls"), "utf8")).toHaveLength(calls);
    const secrets = await codetracer([...args, "--no-redact"], { cwd });
    expect(secrets.stderr).toContain("--no-redact keeps secrets");
  });

  it("writes nothing into the runs, and refuses a folder inside them", async () => {
    const cwd = jobs(1);
    const before = directoryDigest(path.join(cwd, "job"));
    await codetracer(["fleet", "job", "-o", "fleet", "-q"], { cwd });
    const inside = await codetracer(["fleet", "job", "-o", "job/fleet", "-q"], { cwd });
    expect(inside).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("lies inside the run directory"),
    });
    fs.writeFileSync(path.join(cwd, "list.txt"), "job/run-0\n");
    const listed = await codetracer(["fleet", "list.txt", "-o", "job/run-0/fleet", "-q"], { cwd });
    expect(listed.stderr).toContain("lies inside the run directory");
    expect(directoryDigest(path.join(cwd, "job"))).toBe(before);
  });

  it("says clearly what it cannot do", async () => {
    const cwd = jobs(1);
    const missing = await codetracer(["fleet", "nowhere", "-o", "fleet"], { cwd });
    expect(missing).toMatchObject({ exitCode: 2, stderr: "codetracer: nowhere: no such file or directory" });
    const early = await codetracer(["fleet", "query", "fleet", "select 1"], { cwd });
    expect(early.stderr).toContain("is no finished fleet");
  });
});
