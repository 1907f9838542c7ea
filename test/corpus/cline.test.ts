import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/cline/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { checkRefs } from "../../src/extract/fidelity/refs.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { corpusFolders, corpusPath, hasCorpus } from "../support/corpus.ts";

/** Calls by what answers them: `tool_result` blocks and headings, and the call that ends the task. */
function countAnswers(text: string): number {
  const answers = text.match(/"type":\s*"tool_result"|"text":\s*"\[[a-z_]+(?: [^\]]*)?\] Result:/g) ?? [];
  const last = text.slice(text.lastIndexOf('"role"'));
  return answers.length + (/"tool_use"|<attempt_completion>/.test(last) ? 1 : 0);
}

describe.skipIf(!hasCorpus)("runs of Cline and Roo Code", () => {
  const folders = corpusFolders("runs", "cline");

  it.skipIf(folders.length === 0)("hold a step for each answer, with refs that resolve", () => {
    for (const folder of folders) {
      for (const { files } of discoverRuns(openDirectory(folder), EXTRACTORS).runs) {
        const name = "api_conversation_history.json";
        if (!files.has(name)) continue;
        const { steps } = extractor.extract(files);
        expect(steps.length, folder).toBe(countAnswers(files.text(name)));
        expect(checkRefs(files, steps).value ?? 1, folder).toBeGreaterThanOrEqual(0.995);
      }
    }
    console.info(`cline: ${folders.length} folders`);
  });

  it("are not claimed among the runs of other agents", () => {
    const formats = fs.readdirSync(corpusPath("runs")).filter((name) => name !== "cline");
    const claimed = formats.flatMap((format) => {
      const root = path.join(corpusPath("runs"), format);
      if (!fs.statSync(root).isDirectory()) return [];
      const { runs } = discoverRuns(openDirectory(root), [extractor]);
      return runs.map((run) => path.join(format, run.folder, run.files.focus ?? ""));
    });
    expect(claimed).toEqual([]);
  });
});
