import fs from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { type RewardsFlags, rewards } from "../../../src/cli/commands/rewards.ts";
import { factsOf, writeFactsFile, writeFleet } from "../../../src/fleet/facts/index.ts";
import {
  DpoRowSchema,
  KtoRowSchema,
  PrmRowSchema,
  RewardRowSchema,
  StepRowSchema,
} from "../../../src/fleet/score/training/index.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { writeWorkspace } from "../../../src/workspace/write.ts";
import { noTerminal } from "../../support/no-terminal.ts";
import { change, look, steps } from "../../support/steps.ts";
import { tempRun } from "../../support/temp-run.ts";
import { flag, judgedRun, label } from "./judged-run.ts";

const GOOD = judgedRun(steps(look("ls", "a"), change("sed -i s/1/2/ a")), [], {
  outcome: { resolved: true },
});
const BAD = judgedRun(steps(look("ls", "a"), change("rm -rf everything")), [label(2, "incorrect", 0.9)], {
  outcome: { resolved: false },
});
const OTHER = judgedRun(steps(look("ls", "a")), [], { task: null });
const EMPTY = judgedRun([]);
const FLEET = { a: GOOD, b: BAD, c: OTHER, d: EMPTY };

describe("codetracer rewards", () => {
  it("writes every run of a fleet in its format, and says what it left out", async () => {
    const folder = fleet();
    const count = async (format: RewardsFlags["format"], schema: { parse(row: unknown): unknown }) => {
      const { code, lines, said } = await call(folder, { format });
      for (const line of lines) schema.parse(line);
      return [code, lines.length, said];
    };
    const none = "runs without steps or broken by the harness (1)";
    const taskless = "runs whose task is not recorded (1)";
    expect(await count("rewards", RewardRowSchema)).toEqual([
      0,
      5,
      `5 lines written from 4 runs; left out: ${none}\n`,
    ]);
    expect(await count("steps", StepRowSchema)).toEqual([
      0,
      4,
      `4 lines written from 4 runs; left out: ${taskless}; ${none}\n`,
    ]);
    expect(await count("kto", KtoRowSchema)).toEqual([
      0,
      4,
      `4 lines written from 4 runs; left out: ${taskless}; ${none}\n`,
    ]);
    expect(await count("prm", PrmRowSchema)).toEqual([
      0,
      2,
      `2 lines written from 4 runs; left out: ${taskless}; ${none}\n`,
    ]);
    expect(await count("dpo", DpoRowSchema)).toEqual([
      0,
      1,
      "1 line written from 4 runs; left out: runs whose outcome is not known or not the agent's (2)\n",
    ]);
  });

  it("takes the flags that lie beside a fleet's run, a model's among them", async () => {
    const { lines } = await call(fleet(), { format: "rewards" });
    expect(lines[0]).toEqual({
      run_id: "a",
      step_id: 1,
      reward: 0.12,
      outcome_reward: 0,
      behaviour_reward: 0.2,
      label: null,
      reason: "shows planning, confidence 1.00",
      confidence: 1,
    });
  });

  it("reads one workspace, and refuses pairs of it", async () => {
    const folder = tempRun({});
    writeWorkspace(folder, GOOD);
    expect((await call(folder, { format: "steps" })).lines).toHaveLength(2);
    await expect(call(folder, { format: "dpo" })).rejects.toThrow("--format dpo takes a fleet's folder");
  });

  it("leaves no file where it fails in the middle, and the old one as it was", async () => {
    const folder = fleet();
    const out = path.join(tempRun({ "rewards.jsonl": "old" }), "rewards.jsonl");
    fs.rmSync(path.join(folder, "workspaces", "c", "steps.json"));
    await expect(call(folder, { format: "rewards", out })).rejects.toThrow("no complete workspace");
    expect(fs.readdirSync(path.dirname(out))).toEqual(["rewards.jsonl"]);
    expect(fs.readFileSync(out, "utf8")).toBe("old");
  });

  it("leaves out pairs that part further on than is asked, and those over the number asked", async () => {
    const far = judgedRun(
      steps(...["a", "b", "c"].map((name) => look(`cat ${name}`, name)), change("mv all away")),
      [],
      { outcome: { resolved: false } },
    );
    const folder = fleet({ a: GOOD, b: BAD, c: far });
    const { lines, said } = await call(folder, { format: "dpo", maxLeftOut: "2" });
    expect(lines).toHaveLength(1);
    expect(said).toContain("pairs that part too far on (--max-left-out) (1)");
    expect((await call(folder, { format: "dpo", pairs: "1" })).said).toContain("pairs over --pairs (1)");
  });
});

function fleet(runs: Readonly<Record<string, TracedWorkspace>> = FLEET): string {
  const folder = tempRun({});
  for (const [id, workspace] of Object.entries(runs)) {
    const place = path.join(folder, "workspaces", id);
    writeWorkspace(place, workspace);
    const flags = [{ ...flag("planning", true, 1, [1]), judged_by: "a-model" }];
    writeFactsFile(place, { ...factsOf(workspace, id), flags });
  }
  writeFleet(folder, {
    codetracer_version: "0.0.0",
    targets: [],
    settings: { tracer: "rules", model: null, profile: "findings", redact: true, judged: [] },
    counts: {
      ...{ runs: 4, unreadable: 0, solved: 1, failed: 1, unknown: 2, infrastructure: 0 },
      ...{ without_steps: 1, steps: 5, tasks: 1, fidelity_failed: 0 },
    },
    run_ids: Object.keys(runs),
    unreadable: [],
    untraced: [],
    warnings: [],
    last_call: { seconds: 1, made: 4, kept: 0, bytes_read: 1 },
  });
  return folder;
}

async function call(target: string, flags: Partial<RewardsFlags>) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const defaults = {
    contextChars: "32000",
    minReward: "0.1",
    minConfidence: "0.4",
    pairs: "10",
    maxLeftOut: "6",
  };
  const io = {
    ...noTerminal(),
    stdout,
    stderr,
    env: {},
    cwd: "/",
    now: () => 0,
    signal: new AbortController().signal,
  };
  const code = await rewards(target, { format: "rewards", ...defaults, ...flags }, io);
  const text = String(stdout.read() ?? "");
  const lines: unknown[] = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  return { code, lines, said: String(stderr.read() ?? "") };
}
