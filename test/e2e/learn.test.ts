import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { codetracer } from "../support/cli.ts";
import { directoryDigest } from "../support/directory-digest.ts";
import { inventedRun, inventedTurns, type Layout } from "../support/invented-layouts.ts";
import { tempRun } from "../support/temp-run.ts";

const SYNTHESIZER = fileURLToPath(new URL("../support/synthesizers/synthesizer.mjs", import.meta.url));
const LEARNS = ["--model", `scripted:${SYNTHESIZER}`];

/** A folder with runs of a layout, and a model that must not be asked. */
function runs(layout: Layout, seeds: readonly number[]): string {
  const files = seeds.map((seed) =>
    Object.entries(inventedRun(layout, seed)).map(([name, text]) => [`job/run-${seed}/${name}`, text]),
  );
  return tempRun({
    ...Object.fromEntries(files.flat()),
    "never.mjs": 'export default () => { throw new Error("the model was asked"); };\n',
  });
}

const storeOf = (cwd: string): string => path.join(cwd, ".local/share/codetracer/extractors");

describe.each<[Layout, string[]]>([
  ["pipe-log", ["run-1/session.pipelog", "run-2/session.pipelog"]],
  ["xml-events", ["run-1", "run-2"]],
  ["turn-folders", ["run-1", "run-2"]],
])("a layout that nothing reads: %s", (layout, places) => {
  it("is refused, learned from a wrong first version, and read without a model from then on", async () => {
    const cwd = runs(layout, [1, 2]);
    const before = directoryDigest(path.join(cwd, "job"));
    const refused = await codetracer(["analyze", "job/run-1", "--no-out"], { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("no extractor fits");

    const learned = await codetracer(["extractors", "learn", "job/run-1", ...LEARNS, "--json"], { cwd });
    expect(learned.stderr).toBe(
      "also tried on what lies beside the run, where it is of the same format (1; --no-siblings leaves it out): run-2\ncheck 1: does not pass yet\ncheck 2: passes\nsubmit 3: passes",
    );
    expect(JSON.parse(learned.stdout)).toMatchObject({
      status: "learned",
      siblings: ["run-2"],
      format: { id: layout },
      version: 1,
      made: { model: LEARNS[1], usage: { calls: 4, cost_usd: null }, checks: 3 },
      evidence: [
        { run: "this", step_count: 12, counted: 12, fidelity: { passed: true } },
        { run: "sibling", step_count: 12, counted: 12, fidelity: { passed: true } },
      ],
      samples: [{ step_count: 12 }, { step_count: 12 }],
    });

    const never = ["--model", "scripted:never.mjs"];
    const again = await codetracer(["extractors", "learn", "job/run-2", ...never, "--json"], { cwd });
    expect(again.stderr).toBe("");
    expect(JSON.parse(again.stdout)).toEqual({
      status: "known",
      readers: [{ id: layout, version: 1, learned: true }],
      runs: 1,
      calls: 0,
    });

    const args = ["extract", "job", "-j", "2", "-q", "--json", "--out", "out"];
    const read = await codetracer(args, { cwd });
    expect(read.stderr).toBe("");
    const extracted = JSON.parse(read.stdout) as { folder: string; status: string }[];
    expect(extracted).toMatchObject(
      places.map(() => ({ status: "done", extractor: layout, step_count: 12, fidelity_passed: true })),
    );
    const steps = JSON.parse(fs.readFileSync(path.join(extracted[1]?.folder ?? "", "steps.json"), "utf8"));
    expect(
      steps.map(({ action, observation, thinking }: Record<string, string>) => ({
        action,
        observation,
        thinking,
      })),
    ).toEqual(
      inventedTurns(2).map(({ command, output, thinking }) => ({
        action: command,
        observation: output,
        thinking,
      })),
    );
    const kept = await codetracer(args, { cwd });
    expect(JSON.parse(kept.stdout)).toMatchObject(places.map(() => ({ status: "kept" })));
    expect(directoryDigest(path.join(cwd, "job"))).toBe(before);
  });
});

describe("learned extractors", () => {
  it("are not used, with a warning, where the store is no folder", async () => {
    const cwd = tempRun({ "home/extractors": "a file" });
    const env = { CODETRACER_HOME: path.join(cwd, "home") };
    const { stdout, stderr, exitCode } = await codetracer(["extractors", "list"], { cwd, env });
    expect(stdout).toContain("codex");
    expect(stderr).toContain("the store of learned extractors is no folder, or cannot be read");
    expect(exitCode).toBe(0);
  });

  it("can be listed, shown, tested, promoted and forgotten", async () => {
    const cwd = runs("turn-folders", [1, 2]);
    await codetracer(["extractors", "learn", "job/run-1", ...LEARNS, "-q"], { cwd });
    const list = JSON.parse((await codetracer(["extractors", "list", "--json"], { cwd })).stdout);
    expect(list.store).toBe(storeOf(cwd));
    expect(list.extractors.filter(({ kind }: { kind: string }) => kind === "learned")).toMatchObject([
      { id: "turn-folders", version: 1, versions: [1], samples: 2, usage: { calls: 4 } },
    ]);
    const lines = (await codetracer(["extractors", "list"], { cwd })).stdout.split("\n");
    expect(lines.at(-1)).toMatch(
      /^turn-folders +learned {3}v1 {2}Turn folders: 4 calls, price unknown, 2 samples, \d{4}-\d\d-\d\d$/,
    );
    const builtIn = await codetracer(["extractors", "show", "codex"], { cwd });
    expect([builtIn.exitCode, builtIn.stderr]).toEqual([2, expect.stringContaining("codex is built in")]);
    const shown = await codetracer(["extractors", "show", "turn-folders"], { cwd });
    expect(shown.stdout).toMatch(
      /^evidence {2}sibling: 12 steps, 12 counted independently; \d+ of \d+ checks/m,
    );
    expect(shown.stdout).toContain("export function extract(run)");
    const tested = await codetracer(["extractors", "test", "turn-folders", "job/run-2", "--json"], { cwd });
    expect(tested.exitCode).toBe(0);
    expect(JSON.parse(tested.stdout)).toMatchObject(
      [1, 2, 3].map(() => ({ status: "read", step_count: 12, fidelity: { passed: true } })),
    );
    const foreign = await codetracer(["extractors", "test", "turn-folders", "never.mjs"], { cwd });
    expect(foreign).toMatchObject({ exitCode: 1 });
    expect(foreign.stdout).toContain("turn-folders recognises no run here");

    const promoted = await codetracer(["extractors", "promote", "turn-folders", "--out", "ex"], { cwd });
    expect(promoted.exitCode).toBe(0);
    const folder = path.join(cwd, "ex/turn-folders");
    expect(fs.readdirSync(folder)).toEqual(["README.md", "fixtures", "index.ts", "read.ts"]);
    const index = fs.readFileSync(path.join(folder, "index.ts"), "utf8");
    expect(index).toContain(
      'for (const { text } of run.lines(name)) count += text.split("\\"line\\": ").length - 1;',
    );
    const expected = JSON.parse(
      fs.readFileSync(path.join(folder, "fixtures/sample-1/expected.json"), "utf8"),
    );
    expect(expected.steps).toHaveLength(12);
    const outside = await codetracer(["extractors", "promote", "turn-folders", "--out", "never.mjs"], {
      cwd,
    });
    expect([outside.exitCode, outside.stderr]).toEqual([
      2,
      expect.stringContaining("cannot be written (ENOTDIR); give a folder that can be written with --out"),
    ]);
    const twice = await codetracer(["extractors", "promote", "turn-folders", "--out", "ex"], { cwd });
    expect(twice.stderr).toContain("is there already");

    expect((await codetracer(["extractors", "forget", "turn-folders"], { cwd })).exitCode).toBe(0);
    expect(fs.readdirSync(storeOf(cwd)).filter((name) => !name.startsWith("."))).toEqual([]);
    const gone = await codetracer(["extractors", "show", "turn-folders"], { cwd });
    expect(gone).toMatchObject({ exitCode: 2 });
    expect(gone.stderr).toContain('no learned extractor "turn-folders"');
  });

  it("goes on where its calls were used up, and pays for none of them twice", async () => {
    const cwd = runs("pipe-log", [1]);
    const short = await codetracer(["extractors", "learn", "job/run-1", ...LEARNS, "--max-calls", "2"], {
      cwd,
    });
    expect(short.exitCode).toBe(2);
    expect(short.stderr).toContain(
      "no reader was accepted after 2 calls and 1 tries: its calls were used up; raise --max-calls and the same command goes on; nothing was kept",
    );
    expect(fs.readdirSync(storeOf(cwd))).toEqual([".sessions"]);
    const [session = ""] = fs.readdirSync(path.join(storeOf(cwd), ".sessions"));
    const record = path.join(storeOf(cwd), ".sessions", session);
    const first = fs.readFileSync(record, "utf8");
    const whole = await codetracer(["extractors", "learn", "job/run-1", ...LEARNS, "-q"], { cwd });
    expect(whole.exitCode).toBe(0);
    const moved = fs.readFileSync(path.join(storeOf(cwd), "pipe-log/1/session.jsonl"), "utf8");
    expect(moved.startsWith(first)).toBe(true);
    expect(fs.existsSync(record)).toBe(false);
  });

  it("are left out with a warning where the store is broken", async () => {
    const cwd = runs("pipe-log", [1]);
    await codetracer(["extractors", "learn", "job/run-1", ...LEARNS, "-q"], { cwd });
    fs.appendFileSync(path.join(storeOf(cwd), "pipe-log/1/extractor.js"), "// changed\n");
    const read = await codetracer(["extract", "job", "--no-out"], { cwd });
    expect(read.exitCode).toBe(2);
    expect(read.stderr).toContain(
      "this version of the learned extractor pipe-log is not whole and is not used",
    );
  });
});
