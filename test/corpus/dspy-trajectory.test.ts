import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/dspy-trajectory/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { corpusPath, hasCorpus } from "../support/corpus.ts";

/** Formats with JSON files of many kinds. There are no real runs of this one at hand. */
const OTHERS = [
  "FIXTURES_many_agents",
  "claude_code",
  "codex_rollout",
  "gemini_cli",
  "mini_swe_agent",
  "otel_spans",
  "swe_agent",
];

describe.skipIf(!hasCorpus)("real runs of other formats", () => {
  it.each(OTHERS)("%s: no file of it is taken for this format", (format) => {
    const discovery = discoverRuns(openDirectory(corpusPath("runs", format)), [extractor]);
    const looked = discovery.runs.length + discovery.refused.length;
    expect(looked).toBeGreaterThan(0);
    expect(discovery.runs.map((run) => run.files.focus)).toEqual([]);
  });
});
