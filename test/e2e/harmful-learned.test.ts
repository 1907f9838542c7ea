import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { codetracer } from "../support/cli.ts";
import { directoryDigest } from "../support/directory-digest.ts";
import { dollarLog, HARMFUL, saveHarmful } from "../support/harmful-extractors.ts";
import { tempRun } from "../support/temp-run.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/guessed-answer", import.meta.url));
const FIXTURES = fileURLToPath(new URL("../../extractors", import.meta.url));
const BUILT_IN = ["claude-code", "dspy-trajectory", "action-list"];
const FICKLE_RUNS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

interface Summary {
  run: string;
  status: string;
  folder: string;
  extractor: string;
  step_count: number;
  fidelity_passed: boolean;
  error?: { code: string; message: string };
}

/** Runs of built-in formats, with readers that are sure of them and, for the trial, one that is hardly so. */
function builtInRuns(): string {
  const cwd = tempRun({ "job/trial/result.json": '{"trial_name": "t", "task_name": "x"}\n' });
  fs.cpSync(EXAMPLE, path.join(cwd, "job/example"), { recursive: true });
  for (const id of BUILT_IN) {
    const [first = ""] = fs.readdirSync(path.join(FIXTURES, id, "fixtures")).sort();
    const raw = path.join(FIXTURES, id, "fixtures", first, "raw");
    fs.cpSync(raw, path.join(cwd, "job", id), { recursive: true });
  }
  // Copies keep whole seconds exactly.
  for (const name of fs.readdirSync(path.join(cwd, "job"), { recursive: true, encoding: "utf8" }))
    fs.utimesSync(path.join(cwd, "job", name), 1_700_000_000, 1_700_000_000);
  return cwd;
}

async function analyzed(cwd: string): Promise<{ summaries: Summary[]; exitCode: number | undefined }> {
  const args = ["analyze", "job", "-j", "4", "-q", "--json", "--out", "out"];
  const env = { CODETRACER_HOME: path.join(cwd, "home") };
  const { stdout, exitCode } = await codetracer(args, { cwd, env });
  return { summaries: JSON.parse(stdout), exitCode };
}

describe("a store of learned extractors that do harm", () => {
  const plain = builtInRuns();
  const harmed = tempRun({});
  let without: Summary[] = [];
  let summaries: Summary[] = [];
  let exitCode: number | undefined;
  /** What a run came to, by the name of its file. */
  const resultOf = (name: string): unknown => {
    const one = summaries.find(({ run }) => run === `job/${name}`);
    const { status, extractor, step_count, fidelity_passed, error } = one ?? {};
    return error?.message ?? [status, extractor, step_count, fidelity_passed];
  };
  const refusal = (name: string, id: string, why: string): string =>
    `job/${name}: no extractor could read this run: learned extractor ${id}: ${why}; codetracer extractors learn on this run revises ${id}, codetracer extractors forget ${id} removes it`;

  beforeAll(async () => {
    fs.cpSync(plain, harmed, { recursive: true, preserveTimestamps: true });
    saveHarmful(path.join(harmed, "home/extractors"));
    for (const id of Object.keys(HARMFUL))
      if (id !== "fickle") fs.writeFileSync(path.join(harmed, `job/a.${id}`), dollarLog(id));
    for (const name of FICKLE_RUNS)
      fs.writeFileSync(path.join(harmed, `job/${name}.fickle`), dollarLog(name));
    fs.writeFileSync(path.join(harmed, "job/stray.json"), '{"some": "settings"}\n');
    without = (await analyzed(plain)).summaries;
    ({ summaries, exitCode } = await analyzed(harmed));
  }, 180_000);

  it("lets a batch finish", () => {
    expect(exitCode).toBe(0);
    expect(resultOf("a.good")).toEqual(["done", "good", 5, true]);
  });

  it("changes nothing for runs that built-in ones read", () => {
    expect(without).toHaveLength(5);
    const sure = without.filter(({ extractor }) => extractor !== "harbor");
    expect(sure.map(({ extractor }) => extractor).sort()).toEqual([
      "action-list",
      "claude-code",
      "dspy-trajectory",
      "mini-swe-agent",
    ]);
    for (const one of sure) {
      const folder = path.join(harmed, path.relative(plain, one.folder));
      expect(directoryDigest(folder), folder).toBe(directoryDigest(one.folder));
      expect(summaries).toContainEqual({ ...one, folder });
    }
  });

  it("does not take a run from a built-in one that is hardly sure of it, if it cannot read it", () => {
    expect(resultOf("trial")).toEqual(["done", "harbor", 0, true]);
    expect(summaries.filter(({ run }) => run.startsWith("job/trial/"))).toEqual([]);
    const { warnings } = JSON.parse(
      fs.readFileSync(path.join(harmed, "out/job/trial/extraction.json"), "utf8"),
    );
    expect(JSON.stringify(warnings)).toContain("codetracer extractors forget claims-all removes it");
  });

  it("fails for each run in words that say who, why, and what to do", () => {
    expect(resultOf("a.hanging")).toBe(
      refusal(
        "a.hanging",
        "hanging",
        "extract was stopped after 20 s; read each file once and end every loop",
      ),
    );
    expect(resultOf("a.hungry")).toBe(
      refusal(
        "a.hungry",
        "hungry",
        "extract needs more than 256 MB; stream with run.lines or run.jsonl and keep only what the steps need",
      ),
    );
    expect(resultOf("a.not-a-run")).toContain("extract returned no trajectory: ");
    expect(resultOf("a.elsewhere")).toBe(
      refusal("a.elsewhere", "elsewhere", "files_used[0] is no file of the run; take names from run.list()"),
    );
    expect(resultOf("stray.json")).toContain("learned extractor claims-all: extract stopped: TypeError");
  });

  it("shows that a run was made up", () => {
    expect(resultOf("a.invented")).toEqual(["done", "invented", 10, false]);
  });

  it("fails one run in ten where it throws on one run in ten", () => {
    const results = FICKLE_RUNS.map((name) => resultOf(`${name}.fickle`));
    expect(results.filter((one) => Array.isArray(one))).toEqual(
      Array.from({ length: 9 }, () => ["done", "fickle", 5, true]),
    );
    expect(resultOf("seven.fickle")).toMatch(/extract stopped: TypeError at extractor\.js:\d+:\d+/);
    expect(resultOf("seven.fickle")).not.toContain("what stands in");
  });

  it("leaves out what one cannot tell in time", () => {
    expect(summaries.some(({ run }) => run.includes("slow-to-tell"))).toBe(false);
  });
});
