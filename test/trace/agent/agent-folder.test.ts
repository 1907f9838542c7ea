import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { writeAgentFolder } from "../../../src/trace/agent/agent-folder.ts";
import { look, oneStage, steps } from "../../support/steps.ts";
import { tempRun } from "../../support/temp-run.ts";

test("the folder holds the run for the investigator, without places in raw files", () => {
  const folder = tempRun({});
  const run = steps(
    look("ls", "a.txt", { action_ref: { path: "raw.json", line_start: 1, line_end: 2 }, tool_call_id: "c1" }),
    look("cat big", "x".repeat(70_000), { thinking: "Read it." }),
  );
  writeAgentFolder(folder, {
    task: null,
    steps: run,
    stages: oneStage(2),
    tree: "root\n",
    leads: "(none)",
    nonce: "0123456789ab",
  });
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  expect(files.filter((name) => fs.statSync(path.join(folder, name)).isFile())).toEqual([
    "leads.md",
    "stage_ranges.json",
    "steps.json",
    "task.md",
    "tree.md",
    "views/compact/1.txt",
    "views/compact/2.txt",
    "views/full/1.txt",
    "views/full/2.txt",
    "views/later/1.txt",
    "views/later/2.txt",
    "views/sizes.txt",
    "views/stages.txt",
  ]);
  const read = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8");
  const lines = read("steps.json").split("\n");
  expect(JSON.parse((lines[1] ?? "").replace(/,$/, ""))).toEqual({
    step_id: 1,
    action: "ls",
    observation: "a.txt",
    agent: "main",
    kind: "explore",
    name: "ls",
    failed: false,
    touches: { programs: ["ls"] },
  });
  const [, big] = JSON.parse(read("steps.json"));
  expect(big.observation).toMatch(/^x{38400}\n\[… 6000 characters left out …\]\nx{25600}$/);
  expect(JSON.parse(read("stage_ranges.json"))).toEqual(oneStage(2));
  expect([read("task.md"), read("tree.md"), read("leads.md")]).toEqual([
    "(not recorded)\n",
    "root\n",
    "(none)\n",
  ]);
  expect(read("views/stages.txt")).toBe("1 1 2\n");
  const sizes = [1, 2].map(
    (id) => `${id} ${read(`views/compact/${id}.txt`).length} ${read(`views/full/${id}.txt`).length}\n`,
  );
  expect(read("views/sizes.txt")).toBe(sizes.join(""));
});
