import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/aider/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { corpusFolders, hasCorpus } from "../support/corpus.ts";

/**
 * The actions of a whole history, by cutting it at what Aider prints after each reply: blocks in a reply that is
 * followed by a word on edits, commands run, files handed over.
 */
function countActions(history: string): number {
  const text = history
    .replace(
      /^> # \d+ SEARCH\/REPLACE block[\s\S]*?^(?:Just reply with fixed|The SEARCH section must.* {2}$).*$/gm,
      "> failed to match",
    )
    .replace(/\n#### .*\(Y\)es\/\(N\)o.*\n/g, "");
  let count = 0;
  let blocks = 0;
  for (const part of text.split(/^(?=> Tokens: )/m)) {
    const after = part.search(/\n\n(?!>)\S|^> Processing your request/m);
    const said = after < 0 ? part : part.slice(0, after);
    if (part.startsWith("> Tokens: ")) {
      if (/^> (?:Applied edit|Skipping edits|Allow edits|Create new file|The LLM did not)/m.test(said))
        count += blocks;
      count += [...said.matchAll(/^> Running /gm)].length;
      count += [...said.matchAll(/^> Add file to the chat\? .*: [yad] {2}$/gm)].length;
    }
    const reply = part.slice(Math.max(0, after));
    blocks = [...(reply.split(/^(?:#### |# aider chat)/m).at(-1) ?? "").matchAll(/^>>>>>>> REPLACE$/gm)]
      .length;
  }
  return count;
}

describe.skipIf(!hasCorpus)("real Aider histories", () => {
  it("hold one step for each edit, command and file, session by session", () => {
    const folders = corpusFolders("runs", "aider");
    let steps = 0;
    let sessions = 0;
    for (const folder of folders) {
      const { runs } = discoverRuns(openDirectory(folder), [extractor]);
      expect(runs.length).toBeGreaterThan(0);
      let found = 0;
      for (const run of runs) {
        const { trajectory, fidelity } = extractRun(run);
        expect(fidelity.checks.filter((check) => check.passed === false)).toEqual([]);
        found += trajectory.steps.length;
      }
      expect(found).toBe(countActions(fs.readFileSync(path.join(folder, ".aider.chat.history.md"), "utf8")));
      steps += found;
      sessions += runs.length;
    }
    expect(steps).toBeGreaterThan(0);
    console.info(`aider: ${folders.length} histories, ${sessions} sessions, ${steps} steps`);
  });
});
