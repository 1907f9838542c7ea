import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/gemini-cli/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { corpusFolders, hasCorpus } from "../support/corpus.ts";

/** Every call that some message of the parsed file holds. */
function countCalls(raw: string): number {
  const { messages } = JSON.parse(raw) as { messages: { toolCalls?: { id: string }[] }[] };
  return new Set(messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id }) => id))).size;
}

describe.skipIf(!hasCorpus)("real Gemini CLI sessions", () => {
  it("hold one step for each call id, with refs that resolve", () => {
    const folders = corpusFolders("runs", "gemini_cli").filter((folder) =>
      fs.existsSync(path.join(folder, "full.jsonl")),
    );
    let steps = 0;
    for (const folder of folders) {
      const { runs } = discoverRuns(openDirectory(folder), EXTRACTORS);
      expect(runs.map((run) => run.candidates[0]?.extractor.id)).toEqual([extractor.id]);
      for (const run of runs) {
        const { trajectory, fidelity } = extractRun(run);
        expect(trajectory.steps.length).toBe(
          countCalls(fs.readFileSync(path.join(folder, "full.jsonl"), "utf8")),
        );
        expect(fidelity.checks.filter((check) => check.passed === false)).toEqual([]);
        steps += trajectory.steps.length;
      }
    }
    expect(steps).toBeGreaterThan(0);
    console.info(`gemini-cli: ${folders.length} sessions, ${steps} steps`);
  });
});
