import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { codetracer } from "../../support/cli.ts";
import { directoryDigest } from "../../support/directory-digest.ts";
import { tempRun } from "../../support/temp-run.ts";
import { startHub } from "./support/hub-server.ts";
import { madeArtifact, madeData, madeRecord } from "./support/made-data.ts";

const BUILT = fileURLToPath(new URL("../../../dist/src/cli/main.js", import.meta.url));

/** What a JSON report says, without the seconds, which no two calls share. */
function withoutSeconds(report: string): unknown {
  return JSON.parse(report, (key, value) => (key === "seconds" ? undefined : value));
}

function recordsOf(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) =>
    madeRecord(`row-${index}`, {
      task_name: `task-${index % 7}`,
      incorrect_stages:
        index % 3 === 0 ? [] : [{ incorrect_step_ids: [(index % 9) + 1], unuseful_step_ids: [] }],
      step_count: index % 10 === 9 ? 99 : 11,
    }),
  );
}

describe("codetracer bench", () => {
  it("prints, and writes Markdown and a page, without touching the data", async () => {
    const data = await madeData(recordsOf(12));
    const before = directoryDigest(data);
    const cwd = tempRun({});
    const files = ["--markdown", "table.md", "--html", "page.html"];
    const { stdout, stderr, exitCode } = await codetracer(["bench", data, ...files], { cwd });
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringMatching(/^[\d.]+ s from archives to table, [\d.]+ times/),
    ]);
    for (const text of [stdout, fs.readFileSync(path.join(cwd, "table.md"), "utf8")]) {
      expect(text).toContain("rules");
      expect(text).toContain("row-9");
    }
    expect(fs.readFileSync(path.join(cwd, "page.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(directoryDigest(data)).toBe(before);
    const again = await codetracer(["bench", data, "--json"], { cwd });
    const { rows, refusals } = JSON.parse(again.stdout) as {
      rows: Record<string, number>;
      refusals: { traj_id: string; reason: string }[];
    };
    expect([rows.given, rows.refused, rows.scored]).toEqual([12, 1, 11]);
    expect(refusals.map(({ traj_id, reason }) => [traj_id, reason])).toEqual([["row-9", "misaligned"]]);
    expect(again.stderr).toBe("");
  });

  it("filters, limits, estimates, and says what it does not understand", async () => {
    const data = await madeData(recordsOf(12));
    const cwd = tempRun({});
    const filters = ["--rows", "task=task-1,task-2", "--rows", "solved=false"];
    const estimate = await codetracer(["bench", data, ...filters, "--estimate"], { cwd });
    expect(estimate.stdout).toBe(
      "rules: 3 predictions to make, about 0 calls, 0 input and 0 output tokens, $0.00\nrefused row-9: misaligned: extracted steps: 11 by mini-swe-agent; the manifest says 99 steps",
    );
    expect(fs.readdirSync(cwd)).toEqual([]);
    const few = await codetracer(
      ["bench", data, "--limit", "3", "--seed", "4", "--json", "--max-cost", "0"],
      { cwd },
    );
    expect((JSON.parse(few.stdout) as { rows: { given: number } }).rows.given).toBe(3);
    for (const [flags, message] of [
      [["--limit", "0"], /--limit takes a whole number from 1 on, not 0/],
      [["--method", "rules,guess"], /no method named guess/],
      [["--max-cost", "much"], /--max-cost takes dollars/],
      [["--compare", "rules"], /--compare takes two names/],
      [["--out", path.join(data, "out")], /inside the run directory/],
      [["--split", "full"], /holds no bench_manifest\.full/],
    ] as const) {
      const { exitCode, stderr } = await codetracer(["bench", data, ...flags], { cwd });
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it("takes a data set of the hub", async () => {
    const records = recordsOf(3);
    const artifact = await madeArtifact();
    const hub = await startHub({
      name: "OWNER/NAME",
      branches: { main: "c".repeat(40) },
      files: {
        "bench_manifest.verified.jsonl": records.map((record) => `${JSON.stringify(record)}\n`).join(""),
        ...Object.fromEntries(records.map((record) => [String(record.artifact_path), artifact])),
      },
      pageSize: 1000,
    });
    try {
      const cwd = tempRun({});
      const args = ["bench", "hf://OWNER/NAME", "--rows", "ids=row-0,row-2", "--json"];
      const { stdout, exitCode } = await codetracer(args, { cwd, env: { HF_ENDPOINT: hub.url } });
      expect([exitCode, (JSON.parse(stdout) as { rows: { scored: number } }).rows.scored]).toEqual([0, 2]);
      expect(fs.readdirSync(path.join(cwd, ".cache/codetracer/hub"))).toEqual(["datasets--OWNER--NAME"]);
      expect(hub.requests.some(({ url }) => url.includes("row-1.tar"))).toBe(false);
    } finally {
      await hub.close();
    }
  });

  it("that is killed ten times ends with the same table as an undisturbed one", async () => {
    const data = await madeData(recordsOf(90));
    const cwd = tempRun({});
    const args = ["bench", data, "--repetitions", "2", "--json", "-q"];
    const calm = await codetracer([...args, "--out", "calm"], { cwd });
    const ledger = path.join(cwd, "killed", "ledger.jsonl");
    const bytes = (): number => fs.statSync(ledger, { throwIfNoEntry: false })?.size ?? 0;
    let cutShort = 0;
    for (let kill = 0; kill < 10; kill++) {
      const before = bytes();
      const child = execa("node", [BUILT, ...args, "--out", "killed"], {
        cwd,
        reject: false,
        stdout: "ignore",
        // What a killed process had unpacked stays behind.
        env: { TMPDIR: cwd },
      });
      // From the first byte of a new line to some lines on.
      const until = before + 1 + Math.floor(Math.random() * 3000);
      while (child.exitCode === null && bytes() < until)
        await new Promise((resolve) => setTimeout(resolve, 1));
      child.kill("SIGKILL");
      const { signal } = await child;
      if (signal === "SIGKILL") cutShort++;
    }
    expect(cutShort).toBe(10);
    expect(bytes()).toBeGreaterThan(0);
    expect(bytes()).toBeLessThan(fs.statSync(path.join(cwd, "calm", "ledger.jsonl")).size);
    const last = await codetracer([...args, "--out", "killed"], { cwd });
    expect([last.exitCode, withoutSeconds(last.stdout)]).toEqual([0, withoutSeconds(calm.stdout)]);
  });
});
