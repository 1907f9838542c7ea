import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  FACTS_FILE,
  factsDigest,
  factsOf,
  readFacts,
  readFactsFile,
  readFleet,
  writeFactsFile,
  writeFleet,
} from "../../../src/fleet/facts/index.ts";
import { writeWorkspace } from "../../../src/workspace/write.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { look, steps } from "../../support/steps.ts";
import { tempRun } from "../../support/temp-run.ts";

const WORKSPACE = madeWorkspace("run", steps(look("ls", "a")));
const COUNTS = { runs: 2, unreadable: 0, solved: 0, failed: 0, unknown: 2, infrastructure: 0 };
const CONTENTS = {
  codetracer_version: "0.0.0",
  targets: ["runs"],
  settings: { tracer: "rules", model: null, profile: "codetracebench", redact: true, judged: [] },
  counts: { ...COUNTS, without_steps: 0, steps: 2, tasks: 1, fidelity_failed: 0 },
  run_ids: ["a", "b/c"],
  unreadable: [],
  untraced: [],
  warnings: [],
  last_call: { seconds: 1, made: 2, kept: 0, bytes_read: 3 },
} as const;

describe("facts.json", () => {
  it("comes back as it was written, and anything else is taken for missing", () => {
    const folder = tempRun({});
    const facts = factsOf(WORKSPACE, "a");
    writeFactsFile(folder, facts);
    expect(readFactsFile(folder)).toEqual(facts);
    for (const text of ["", "{", "[]", JSON.stringify({ ...facts, step_count: -1 })]) {
      fs.writeFileSync(path.join(folder, FACTS_FILE), text);
      expect(readFactsFile(folder)).toBeUndefined();
    }
  });

  it("has a digest that changes with every file it is made from, and with what a model judged", () => {
    const folder = tempRun({});
    writeWorkspace(folder, WORKSPACE);
    const seen = new Set([factsDigest(folder)]);
    expect(factsDigest(folder)).toBe([...seen][0]);
    for (const name of ["steps.json", "task.md", "stage_ranges.json", "diagnosis.json", "extraction.json"]) {
      fs.appendFileSync(path.join(folder, name), " ");
      seen.add(factsDigest(folder));
    }
    const flag = { behaviour: "x", present: true, confidence: 1, step_ids: [1], evidence: [], reason: "r" };
    seen.add(factsDigest(folder, [{ ...flag, judged_by: "m" }]));
    expect(seen.size).toBe(7);
  });
});

describe("readFacts", () => {
  it("reads the runs that fleet.json names, and no other workspace", () => {
    const folder = tempRun({ "workspaces/left-over/facts.json": "{}" });
    for (const id of CONTENTS.run_ids) {
      fs.mkdirSync(path.join(folder, "workspaces", id), { recursive: true });
      writeFactsFile(path.join(folder, "workspaces", id), factsOf(WORKSPACE, id));
    }
    writeFleet(folder, { ...CONTENTS, targets: ["runs"], run_ids: [...CONTENTS.run_ids] } as never);
    expect(readFacts(folder).map(({ run_id }) => run_id)).toEqual(["a", "b/c"]);
    fs.rmSync(path.join(folder, "workspaces/a/facts.json"));
    expect(() => readFacts(folder)).toThrow(/workspaces\/a\/facts.json: missing/);
  });

  it("says what to do where there is no finished fleet, or one of another shape", () => {
    const folder = tempRun({});
    expect(() => readFleet(folder)).toThrow(/is no finished fleet.*codetracer fleet <runs>/);
    fs.writeFileSync(path.join(folder, "fleet.json"), JSON.stringify({ format: 99 }));
    expect(() => readFleet(folder)).toThrow(/format is not of the expected shape/);
  });
});
