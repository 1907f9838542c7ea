import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/inspect-ai/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { openRun } from "../../src/run/open.ts";
import { corpusFolders, hasCorpus } from "../support/corpus.ts";

interface Summary {
  id: unknown;
  scores?: Record<string, { value: unknown }>;
}

/** Calls by the roles of a sample's messages: answers of tools, and calls that none of these answers. */
function countCalls(text: string): number {
  const { messages } = JSON.parse(text) as { messages: { role: string; tool_calls?: unknown[] }[] };
  return messages.reduce((sum, message) => sum + (message.tool_calls?.length ?? 0), 0);
}

describe.skipIf(!hasCorpus)("real logs of Inspect", () => {
  const archives = corpusFolders("runs", "inspect_ai").flatMap((folder) =>
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith(".eval"))
      .map((name) => path.join(folder, name)),
  );

  it.each(archives)("%s is a run a sample, scored as its summary says", async (archive) => {
    const { files, dispose } = await openRun(archive);
    try {
      const summaries = files.json("summaries.json") as Summary[];
      const { runs } = discoverRuns(files, EXTRACTORS);
      expect(runs.map((run) => run.candidates[0]?.extractor.id)).toEqual(summaries.map(() => extractor.id));
      const resolved: (boolean | null)[] = [];
      for (const run of runs) {
        const { trajectory, fidelity } = extractRun(run);
        expect(trajectory.steps).toHaveLength(countCalls(run.files.text(run.files.focus ?? "")));
        expect(trajectory.steps.length > 0 || trajectory.empty_reason !== undefined).toBe(true);
        expect(trajectory.agent.model).not.toBeNull();
        expect(fidelity.passed).toBe(true);
        resolved.push(trajectory.outcome.resolved);
      }
      expect(resolved.toSorted()).toEqual(summaries.map(resolvedBy).toSorted());
    } finally {
      dispose();
    }
  });

  it("are there", () => expect(archives.length).toBeGreaterThan(0));
});

/** All of these logs have one scorer, or none. */
function resolvedBy({ scores }: Summary): boolean | null {
  const [score] = Object.values(scores ?? {});
  return score === undefined ? null : score.value === "C";
}
