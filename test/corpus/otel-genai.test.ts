import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/otel-genai/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { checkFidelity } from "../../src/extract/fidelity/index.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { corpusFolders, corpusPath, hasCorpus } from "../support/corpus.ts";

interface Observation {
  type: string;
  input: string | null;
  metadata: string;
}

/** Observations that Langfuse calls tools, or whose own attributes name a tool that was run. */
function countTools(file: string): number {
  const { observations } = JSON.parse(fs.readFileSync(file, "utf8")) as { observations: Observation[] };
  return observations.filter(
    ({ type, metadata }) =>
      type === "TOOL" || /"openinference\.span\.kind":"TOOL"|"gen_ai\.tool\.call\.id"/.test(metadata),
  ).length;
}

describe.skipIf(!hasCorpus)("real Langfuse exports", () => {
  it("hold one step for each tool that ran, with refs that resolve", () => {
    let steps = 0;
    const folders = corpusFolders("runs", "otel_spans");
    for (const folder of folders) {
      const name = fs.readdirSync(folder).find((file) => file.endsWith(".trace.json")) ?? "";
      const run = openDirectory(path.join(folder, name));
      expect(extractor.detect(run).confidence).toBe(0.92);
      const trajectory = extractor.extract(run);
      expect(trajectory.steps.length, name).toBe(countTools(path.join(folder, name)));
      expect(trajectory.task, name).not.toBeNull();
      expect(trajectory.steps.every(({ observation }) => observation !== null)).toBe(true);
      // Langfuse lists observations in no order; their times give it.
      const failed = checkFidelity(extractor, run, trajectory).checks.filter(
        ({ name: check, passed }) => passed === false && check !== "calls in the order of the raw files",
      );
      expect(failed, name).toEqual([]);
      steps += trajectory.steps.length;
    }
    expect(folders.length).toBeGreaterThan(0);
    console.info(`otel-genai: ${folders.length} traces, ${steps} steps`);
  });

  it("are all that is claimed", () => {
    for (const format of fs.readdirSync(corpusPath("runs"))) {
      if (format === "otel_spans" || format.endsWith(".json")) continue;
      const { runs } = discoverRuns(openDirectory(corpusPath("runs", format)), [extractor]);
      expect(runs.map(({ folder, files }) => path.join(format, folder, files.focus ?? ""))).toEqual([]);
    }
  });
});
