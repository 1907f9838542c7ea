import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Limits } from "../../../src/replay/experiment/index.ts";
import { madeSettings, originalRun, run } from "./made-experiment.ts";

const ORIGINAL = await originalRun();
const TRIAL = fileURLToPath(
  new URL("../../../extractors/atif/fixtures/codex-trial/raw/agent/trajectory.json", import.meta.url),
);
/** Records a run that says what it cost. */
const PAID = `cp ${TRIAL} {run_dir}/trajectory.json`;
const NONE: Limits = {
  ...{ timeout_seconds: 20, check_timeout_seconds: 20 },
  ...{ max_cost_usd: null, max_seconds: null, assumed_cost_usd: null },
};
const settingsOf = (given: Parameters<typeof madeSettings>[0]) =>
  madeSettings({ original: ORIGINAL, ...given });

function isRunning(mark: string): boolean {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return lines.some((line) => line.includes(mark) && !line.startsWith("ps "));
}

describe("an agent that does not end", () => {
  it.skipIf(process.platform !== "linux")(
    "is ended at the limit with all that it started, and counts; so is what outlives one that ends",
    async () => {
      const mark = `9${process.pid}7`;
      const settings = await settingsOf({
        // A child, one in a session of its own, and one that holds the streams open.
        command: `sh -c 'sleep ${mark} & setsid sleep ${mark} & (setsid sleep ${mark} >/dev/null 2>&1 &); touch done; case "$PWD" in */01/*) sleep ${mark};; esac'`,
        attempts: 1,
        limits: { ...NONE, timeout_seconds: 1 },
      });
      const { report } = await run(settings);
      expect(
        report.attempts.map(({ verdict, agent }) => [verdict, agent?.stopped, agent?.exit_code]),
      ).toEqual([
        ["passed", "time", null],
        ["passed", null, 0],
      ]);
      expect(report.arms.map(({ timed_out }) => timed_out).sort()).toEqual([0, 1]);
      expect(isRunning(mark)).toBe(false);
    },
  );

  it("a check that does not end has not passed", async () => {
    const settings = await settingsOf({
      command: "touch go",
      check: "sh -c 'test -f go && sleep 1000'",
      attempts: 1,
      limits: { ...NONE, check_timeout_seconds: 1 },
    });
    const { report } = await run(settings);
    expect(report.attempts.map(({ verdict, check }) => [verdict, check?.stopped])).toEqual([
      ["failed", "time"],
      ["failed", "time"],
    ]);
  });
});

describe("money and time over all attempts", () => {
  it("no attempt is begun once the recorded cost has reached the limit", async () => {
    const free = await settingsOf({ command: PAID, attempts: 1 });
    const cost = (await run(free)).report.attempts[0]?.run?.cost_usd ?? 0;
    expect(cost).toBeGreaterThan(0);
    const limits = { ...NONE, max_cost_usd: 2.5 * cost, assumed_cost_usd: 0 };
    const { report } = await run(await settingsOf({ command: PAID, attempts: 4, limits }));
    expect(report).toMatchObject({ stop: "max_cost", planned: 8, comparison: { pairs: 1 } });
    expect(report.attempts).toHaveLength(3);
    expect(report.not_known[0]).toMatch(/^1 of 4 pairs count/);
  });

  it("a limit on cost that cannot be held is refused, or counted with what is assumed", async () => {
    const limits = { ...NONE, max_cost_usd: 1 };
    await expect(run(await settingsOf({ limits }))).rejects.toThrow("say with --assume-cost");
    const assumed = await run(
      await settingsOf({ limits: { ...limits, assumed_cost_usd: 0.4 }, attempts: 4 }),
    );
    expect(assumed.report.stop).toBe("max_cost");
    expect(assumed.report.attempts).toHaveLength(3);
    expect(assumed.report.known_cost_usd).toBe(0);
  });

  it("stops where the agent used to record its cost and now does not", async () => {
    const [first, ...rest] = ORIGINAL.steps;
    const original = first ? { ...ORIGINAL, steps: [{ ...first, cost_usd: 0.1 }, ...rest] } : ORIGINAL;
    const { report } = await run(await settingsOf({ original, limits: { ...NONE, max_cost_usd: 1 } }));
    expect(report.stop).toBe("unknown_cost");
    expect(report.attempts).toHaveLength(1);
  });

  it("no attempt is begun once the agents' time has reached the limit", async () => {
    let now_ms = 0;
    const settings = await settingsOf({ attempts: 3, limits: { ...NONE, max_seconds: 5 } });
    // Every look at the clock is a second: two looks an agent.
    const { report } = await run(settings, {
      now: () => {
        now_ms += 1000;
        return now_ms;
      },
    });
    expect(report.stop).toBe("max_seconds");
    expect(report.attempts).toHaveLength(5);
    expect(report.attempts.map(({ agent }) => agent?.seconds)).toEqual([1, 1, 1, 1, 1]);
    expect(fs.existsSync(path.join(settings.out, "runs", "06"))).toBe(false);
  });
});

it("the run that an attempt leaves is diagnosed beside it", async () => {
  const settings = await settingsOf({ command: PAID, attempts: 1 });
  const { report } = await run(settings);
  expect(report.attempts[0]?.run).toMatchObject({ extractor: "atif", problem: null, step_count: 5 });
  const workspace = path.join(settings.out, "attempts", "with-hint-1", "workspace");
  expect(fs.readdirSync(workspace)).toContain("diagnosis.json");
});
