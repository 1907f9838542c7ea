import { describe, expect, it } from "vitest";
import { judgeRun, type Verdict } from "../../bench/mutants/judge.ts";
import { MUTATIONS } from "../../bench/mutants/mutations.ts";
import { failedOriginals, shareCaught } from "../../bench/mutants/table.ts";
import { discoverRuns, EXTRACTORS, openRun } from "../../src/index.ts";
import { corpusPath, hasCorpus } from "../support/corpus.ts";

/** Of these folders every third run: nothing was chosen by how its mutants fare. */
const EVERY = 3;
const FOLDERS = [
  "aider",
  "codex_rollout",
  "gemini_cli",
  "harbor_atif",
  "mini_swe_agent",
  "swe_agent",
  "terminal_bench1",
  "terminus",
].map((name) => corpusPath("runs", name));

describe.skipIf(!hasCorpus)("fidelity on real runs", () => {
  it("fails nearly all wrong readers, and no right one", async () => {
    const verdicts: Verdict[] = [];
    for (const folder of FOLDERS) {
      const { files, dispose } = await openRun(folder);
      const { runs } = discoverRuns(files, EXTRACTORS);
      for (const found of runs.filter((_, at) => at % EVERY === 0))
        verdicts.push(...judgeRun(found, found.folder, { blind: false }));
      dispose();
    }
    const covered = verdicts.filter(({ mutation }) => mutation === null).length;
    console.info(`mutants: ${covered} runs, ${verdicts.length - covered} wrong readers`);
    expect(covered).toBeGreaterThan(10);
    expect(new Set(verdicts.map(({ mutation }) => mutation)).size).toBe(MUTATIONS.length + 1);
    expect(failedOriginals(verdicts)).toEqual([]);
    expect(shareCaught(verdicts)).toBeGreaterThanOrEqual(0.95);
  }, 180_000);
});
