import path from "node:path";
import { describe, expect, it } from "vitest";
import { discoverRuns, placeOf } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { indexTrajectory } from "../../src/index-run/index.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { corpusFolders, corpusPath, hasCorpus } from "../support/corpus.ts";
import { directoryDigest } from "../support/directory-digest.ts";

/** Formats whose every folder must be read, or give one clear sentence why it holds no step. */
const READ = [
  "aider",
  "claude_code",
  "codex_rollout",
  "gemini_cli",
  "harbor_atif",
  "harbor_claude_code",
  "mini_swe_agent",
  "openhands",
  "otel_spans",
  "swe_agent",
  "terminal_bench1",
  "terminal_bench1_claude_code",
  "terminus",
];

describe.skipIf(!hasCorpus)("real runs", () => {
  it.each(READ)("%s: every run gives steps, or a reason why it holds none", (format) => {
    let runs = 0;
    let steps = 0;
    const silent: string[] = [];
    const unresolved: string[] = [];
    for (const folder of corpusFolders("runs", format)) {
      const opened = openDirectory(folder);
      const discovery = discoverRuns(opened, EXTRACTORS);
      // A folder of a whole job holds no run of its own; that must be said.
      if (discovery.runs.length === 0 && discovery.refused.length === 0) silent.push(folder);
      for (const run of discovery.runs) {
        runs++;
        const { trajectory, fidelity } = extractRun(run);
        const indexed = indexTrajectory(trajectory);
        steps += indexed.steps.length;
        if (indexed.steps.length === 0 && !trajectory.empty_reason)
          silent.push(path.join(folder, placeOf(run)));
        const refs = fidelity.checks.find((check) => check.name === "action refs resolve");
        if (refs?.passed === false) unresolved.push(`${path.join(folder, placeOf(run))}: ${refs.detail}`);
      }
    }
    console.info(`${format}: ${runs} runs, ${steps} steps`);
    expect(runs).toBeGreaterThan(0);
    expect(silent.map((name) => path.relative(corpusPath(), name))).toEqual([]);
    expect(unresolved).toEqual([]);
  });

  it("leaves every run as it was", () => {
    const folder = corpusPath("runs", "harbor_atif");
    const before = directoryDigest(folder);
    const { runs } = discoverRuns(openDirectory(folder), EXTRACTORS);
    for (const run of runs) extractRun(run);
    expect(runs.length).toBeGreaterThan(5);
    expect(directoryDigest(folder)).toBe(before);
  });
});
