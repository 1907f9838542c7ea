import fs from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { type ReportFlags, report } from "../../src/cli/commands/report.ts";
import type { Io } from "../../src/cli/io.ts";
import { FLEET_PLACES, factsOf, writeFactsFile, writeFleet } from "../../src/fleet/facts/index.ts";
import { writeWorkspace } from "../../src/workspace/write.ts";
import { longRun } from "../page/support/long-run.ts";
import { noTerminal } from "../support/no-terminal.ts";
import { tempRun } from "../support/temp-run.ts";

async function call(
  cwd: string,
  target: string,
  flags: ReportFlags = {},
): Promise<{ code: number; out: string }> {
  const chunks: string[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  const io: Io = {
    ...noTerminal(),
    stdout,
    stderr: stdout,
    env: {},
    cwd,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const code = await report(target, { color: false, ...flags }, io);
  return { code, out: chunks.join("") };
}

function workspace(): string {
  const folder = tempRun({});
  writeWorkspace(path.join(folder, "ws"), longRun(42));
  return folder;
}

it("says in a few lines what a run holds, and what was written", async () => {
  const folder = workspace();
  const { code, out } = await call(folder, "ws", { html: "out/page.html", markdown: "page.md" });
  expect(code).toBe(0);
  expect(out).toContain("Run         runs/long-run\n");
  expect(out).toContain("Outcome     not solved (source: result.json: passed)\n");
  expect(out).toContain("Labels      42 steps, 2 incorrect, 1 unuseful; it went wrong at step 14\n");
  expect(out).toMatch(/Written {5}out\/page\.html\nWritten {5}page\.md\n$/);
  expect(fs.readFileSync(path.join(folder, "out/page.html"), "utf8")).toContain(
    '<script type="application/json" id="data">{"run"',
  );
  expect(fs.readFileSync(path.join(folder, "page.md"), "utf8")).toContain(
    "### Where it went wrong: step 14 of 42",
  );
});

it("ends with 1 where the run has what --fail-on names, and with 0 where not", async () => {
  const folder = workspace();
  const codes = await Promise.all(
    (["incorrect", "unresolved", "unreadable", "fidelity"] as const).map(async (failOn) => {
      const { code } = await call(folder, "ws", { failOn });
      return [failOn, code];
    }),
  );
  expect(Object.fromEntries(codes)).toEqual({ incorrect: 1, unresolved: 1, unreadable: 0, fidelity: 0 });
});

it("prints Markdown, or JSON", async () => {
  const folder = workspace();
  expect((await call(folder, "ws", { markdown: "-" })).out).toMatch(/^## ❌ not solved: `runs\/long-run`\n/);
  expect(JSON.parse((await call(folder, "ws", { json: true })).out)).toMatchObject({
    step_count: 42,
    counts: { incorrect: 1, unresolved: 1 },
    written: [],
  });
});

it("writes nothing into a raw run, and says where it cannot write", async () => {
  const folder = tempRun({
    "raw/agent.traj.json": JSON.stringify({
      info: { mini_version: "1.0.0", exit_status: "Submitted" },
      trajectory_format: "mini-swe-agent-1",
      messages: [
        { role: "system", content: "s" },
        { role: "user", content: "task" },
        { role: "assistant", content: "Look.\n\n```bash\nls\n```" },
        { role: "user", content: "<returncode>0</returncode>\n<output>\na\n</output>" },
      ],
    }),
  });
  await expect(call(folder, "raw", { html: "raw/page.html" })).rejects.toMatchObject({
    code: "inside_run_directory",
  });
  expect(fs.readdirSync(path.join(folder, "raw"))).toEqual(["agent.traj.json"]);
  fs.writeFileSync(path.join(folder, "file"), "");
  await expect(call(folder, "raw", { html: "file/page.html" })).rejects.toMatchObject({
    code: "bad_argument",
  });
});

it("reports a fleet", async () => {
  const folder = tempRun({});
  const place = path.join(folder, "fleet", FLEET_PLACES.workspaces, "a");
  writeWorkspace(place, longRun(42));
  writeFactsFile(place, factsOf(longRun(42), "a"));
  writeFleet(path.join(folder, "fleet"), {
    codetracer_version: "1",
    targets: ["runs"],
    settings: { tracer: "rules", model: null, profile: "codetracebench", redact: true, judged: [] },
    counts: {
      runs: 1,
      unreadable: 1,
      solved: 0,
      failed: 1,
      unknown: 0,
      infrastructure: 0,
      without_steps: 0,
      steps: 42,
      tasks: 1,
      fidelity_failed: 0,
    },
    run_ids: ["a"],
    unreadable: [{ run: "b", code: "unreadable", message: "no" }],
    untraced: [],
    warnings: [],
    last_call: { seconds: 1, made: 1, kept: 0, bytes_read: 1 },
  });
  const { code, out } = await call(folder, "fleet", { failOn: "unreadable" });
  expect(code).toBe(1);
  expect(out).toContain("Runs        1 read, 1 could not be read; 42 steps\n");
  expect((await call(folder, "fleet", { markdown: "-" })).out).toMatch(/^## 1 run: 0 solved, 1 not solved\n/);
});
