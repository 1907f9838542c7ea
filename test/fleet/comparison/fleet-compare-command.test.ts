import path from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { type FleetCompareFlags, fleetCompare } from "../../../src/cli/commands/fleet-compare.ts";
import { writeFactsFile, writeFleet } from "../../../src/fleet/facts/index.ts";
import type { RunFacts } from "../../../src/trajectory/index.ts";
import { writeWorkspace } from "../../../src/workspace/write.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { noTerminal } from "../../support/no-terminal.ts";
import { tempRun } from "../../support/temp-run.ts";
import { madeFacts } from "./made-facts.ts";

const SOLVED = fleet([madeFacts("r1", "t1", true), madeFacts("r2", "t2", false)]);
const FAILED = fleet([madeFacts("r1", "t1", false), madeFacts("r2", "t2", false)]);
const UNKNOWN = fleet([madeFacts("r1", "t1", null)]);

describe("codetracer fleet compare", () => {
  it("exits with 1 on a regression when asked, and only then", () => {
    expect(call(SOLVED, FAILED, {}).code).toBe(0);
    expect(call(SOLVED, FAILED, { failOn: "regression" }).code).toBe(1);
    expect(call(FAILED, SOLVED, { failOn: "regression" }).code).toBe(0);
  });

  it("never calls it good when no task can tell", () => {
    expect(() => call(SOLVED, UNKNOWN, { failOn: "regression" })).toThrow("nothing can tell a regression");
    expect(call(SOLVED, UNKNOWN, {}).code).toBe(0);
  });

  it("prints JSON with the names as they were given, the same for the same seed", () => {
    const { text } = call(SOLVED, FAILED, { json: true });
    expect(call(SOLVED, FAILED, { json: true }).text).toBe(text);
    expect(JSON.parse(text)).toMatchObject({
      a: { name: SOLVED },
      b: { name: FAILED },
      seed: 1,
      resamples: 1000,
      regressions: [{ task_key: "t1" }],
    });
  });

  it("keeps runs of both fleets apart that have one id, when it groups failures", () => {
    const themes = ["compiler missing linker", "network refused proxy", "tests time out slowly"];
    const failures = (theme: string) => ({
      failure: { stage: "unknown" as const, reason: "r", summary: `${theme} ${theme}`, evidence: [] },
    });
    const runs = (of: readonly string[]): RunFacts[] =>
      Array.from({ length: 9 }, (_, at) => ({
        ...madeFacts(`r${at}`, `t${at}`, false),
        ...failures(of[at % 3] ?? ""),
      }));
    const { text } = call(fleet(runs(themes)), fleet(runs([...themes].reverse())), { json: true });
    const clusters: { rate_a: number; rate_b: number; only_a: number; only_b: number }[] =
      JSON.parse(text).clusters;
    // Each theme has three tasks in either fleet; two of them swap places, the middle one stays.
    expect(clusters.map(({ only_a, only_b }) => [only_a, only_b]).sort()).toEqual([
      [0, 0],
      [3, 3],
      [3, 3],
    ]);
  });

  it("refuses what is no fleet, and figures out of range", () => {
    expect(() => call(SOLVED, tempRun({}), {})).toThrow("is no finished fleet");
    expect(() => call(SOLVED, FAILED, { resamples: "10" })).toThrow("--resamples takes a whole number");
  });
});

function fleet(runs: readonly RunFacts[]): string {
  const folder = tempRun({});
  for (const facts of runs) {
    const place = path.join(folder, "workspaces", facts.run_id);
    writeWorkspace(place, madeWorkspace(facts.run, []));
    writeFactsFile(place, facts);
  }
  writeFleet(folder, {
    codetracer_version: "0.0.0",
    targets: [],
    settings: { tracer: "rules", model: null, profile: "findings", redact: true, judged: [] },
    counts: {
      ...{ runs: runs.length, unreadable: 0, solved: 0, failed: 0, unknown: 0, infrastructure: 0 },
      ...{ without_steps: 0, steps: 0, tasks: 0, fidelity_failed: 0 },
    },
    run_ids: runs.map(({ run_id }) => run_id),
    unreadable: [],
    untraced: [],
    warnings: [],
    last_call: { seconds: 0, made: 0, kept: 0, bytes_read: 0 },
  });
  return folder;
}

function call(a: string, b: string, flags: Partial<FleetCompareFlags>) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = {
    ...noTerminal(),
    stdout,
    stderr,
    env: {},
    cwd: "/",
    now: () => 0,
    signal: new AbortController().signal,
  };
  const code = fleetCompare(a, b, { resamples: "1000", seed: "1", clusters: true, ...flags }, io);
  return { code, text: String(stdout.read() ?? "") };
}
