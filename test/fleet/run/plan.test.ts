import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { planFleet, rootsOf } from "../../../src/fleet/run/plan.ts";
import { tempRun } from "../../support/temp-run.ts";

const EXAMPLE = fileURLToPath(new URL("../../../examples/guessed-answer", import.meta.url));
const CALL = { type: "tool_use", id: "toolu_1", name: "Bash", input: { command: "ls" } };
const OPTIONS = { redact: true, trace: true, force: false };

function folderOf(...runs: string[]): string {
  const folder = tempRun({});
  for (const run of runs) fs.cpSync(EXAMPLE, path.join(folder, run), { recursive: true });
  return folder;
}

describe("planFleet", () => {
  it("gives every run of a manifest the place it has below it, and tells entries that cannot be opened", () => {
    const folder = folderOf("jobs/one/logs", "jobs/two/logs");
    fs.writeFileSync(path.join(folder, "list.txt"), "jobs/one/logs\njobs/two/logs\njobs/gone\n");
    fs.mkdirSync(path.join(folder, "jobs/gone"));
    const plan = planFleet([path.join(folder, "list.txt")], "/out", OPTIONS);
    expect(plan.jobs.map(({ job }) => job.out).sort()).toEqual(["/out/jobs/one/logs", "/out/jobs/two/logs"]);
    expect(plan.unreadable.map(({ run, code }) => [path.relative(folder, run), code])).toEqual([
      ["jobs/gone", "no_extractor"],
    ]);
    expect(rootsOf([path.join(folder, "list.txt"), "x"])).toHaveLength(4);
  });

  it("reads a run once that is named twice, and says so", () => {
    const folder = folderOf("jobs/one", "jobs/two");
    fs.writeFileSync(path.join(folder, "list.txt"), "jobs/one\n");
    const plan = planFleet([path.join(folder, "list.txt"), path.join(folder, "jobs")], "/out", OPTIONS);
    expect(plan.jobs).toHaveLength(2);
    expect(plan.warnings).toEqual(["1 of the paths lead to a run that was named before; each is read once"]);
  });

  it("never lets a manifest lead above the fleet's workspaces, nor two runs into one folder", () => {
    const folder = folderOf("a/run", "b/run", "lists/run");
    fs.writeFileSync(path.join(folder, "lists/list.txt"), "../a/run\n../b/run\n./run\n");
    fs.writeFileSync(path.join(folder, "list.txt"), "lists/run\na/run\n");
    const targets = [path.join(folder, "lists/list.txt"), path.join(folder, "list.txt")];
    const outs = planFleet(targets, "/out", OPTIONS).jobs.map(({ job }) => job.out);
    expect([...outs].sort()).toEqual(["/out/a/run", "/out/b/run", "/out/run"]);
  });

  it("lets runs that are a file each share a folder, and gives archives of one name one each", () => {
    const session = (id: string): string =>
      [
        { type: "user", message: { role: "user", content: "Look" } },
        { type: "assistant", message: { id, role: "assistant", content: [CALL] } },
      ]
        .map((record) =>
          JSON.stringify({ parentUuid: null, isSidechain: false, sessionId: id, uuid: id, ...record }),
        )
        .join("\n");
    const folder = tempRun({ "jobs/a.jsonl": session("a"), "jobs/b.jsonl": session("b") });
    const files = planFleet([path.join(folder, "jobs")], "/out", OPTIONS);
    expect(files.jobs.map(({ job }) => job.out)).toEqual(["/out/jobs", "/out/jobs"]);
    const archives = tempRun({ "x.zip": "PK\u0005\u0006", "x.tar": "", "list.txt": "x.zip\nx.tar\n" });
    const outs = planFleet([path.join(archives, "list.txt")], "/out", OPTIONS).jobs.map(({ job }) => job.out);
    expect([...outs].sort()).toEqual(["/out/x", "/out/x-2"]);
  });

  it("begins with the heaviest runs", () => {
    const folder = folderOf("jobs/a", "jobs/b");
    fs.writeFileSync(path.join(folder, "jobs/b/more.bin"), Buffer.alloc(100_000));
    const plan = planFleet([path.join(folder, "jobs")], "/out", OPTIONS);
    expect(plan.jobs.map(({ job }) => path.basename(job.target))).toEqual(["b", "a"]);
    expect((plan.jobs[0]?.bytes ?? 0) - (plan.jobs[1]?.bytes ?? 0)).toBe(100_000);
  });

  it("throws for a plain target that cannot be opened", () => {
    expect(() => planFleet(["/nowhere"], "/out", OPTIONS)).toThrow("/nowhere: no such file or directory");
    expect(() => planFleet([tempRun({ "a.md": "" })], "/out", OPTIONS)).toThrow(/no extractor fits/);
  });
});
