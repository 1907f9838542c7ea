import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { analyzeTarget } from "../../../src/analyze/index.ts";
import {
  checkHint,
  collectForbidden,
  type ForbiddenText,
  forbiddenNames,
} from "../../../src/hint/check/index.ts";
import { writeHint } from "../../../src/hint/index.ts";
import { openRun } from "../../../src/run/open.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { corpusFolders } from "../../support/corpus.ts";

const FOLDERS = ["harbor_atif", "harbor_claude_code"]
  .flatMap((name) => corpusFolders("runs", name))
  .filter((folder) => fs.existsSync(path.join(folder, "verifier")));
const TELLING_CHARS = 60;

describe.skipIf(FOLDERS.length === 0)("hints of runs with a verifier's output", () => {
  it("hold nothing of it, and a line of it that is slipped in is found in every one", async () => {
    let clean = 0;
    let found = 0;
    for (const folder of FOLDERS) {
      const { workspace, forbidden } = await opened(folder);
      const hint = writeHint(workspace, { budgetTokens: 600, allowVerifier: false });
      expect(checkHint(hint, workspace, { forbidden }), folder).toEqual([]);
      clean++;
      const line = secretLine(forbidden, workspace);
      if (line === null) continue;
      const instead = { action: `Make sure of this: ${line}`, check: null };
      const problems = checkHint({ ...hint, instead }, workspace, { forbidden });
      expect(
        problems.map(({ place }) => place),
        folder,
      ).toContain("instead.action");
      found++;
    }
    console.info(`${clean} clean hints, and a slipped-in line found in ${found} of ${found}`);
    expect(found).toBeGreaterThan(20);
  });
});

async function opened(folder: string): Promise<{ workspace: TracedWorkspace; forbidden: ForbiddenText[] }> {
  const [result] = await analyzeTarget({
    target: folder,
    shownAs: folder,
    out: null,
    redact: true,
    trace: true,
    leftOut: [],
    force: false,
  });
  if (!result || result.status === "failed" || !("diagnosis" in result.workspace)) throw new Error(folder);
  const { files, dispose } = await openRun(folder);
  const { forbidden } = collectForbidden(files);
  dispose();
  return { workspace: result.workspace, forbidden: [...forbidden, ...forbiddenNames(result.workspace)] };
}

/** A line of the verifier's that stands in no step of the run; null = it has no long one. */
function secretLine(forbidden: readonly ForbiddenText[], { steps, task }: TracedWorkspace): string | null {
  const known = `${task} ${steps.map((step) => JSON.stringify(step)).join(" ")}`;
  const lines = forbidden.flatMap(({ text }) => text.split("\n"));
  const isSecret = (line: string): boolean =>
    line.replace(/[^A-Za-z0-9]/g, "").length >= TELLING_CHARS && !known.includes(line.trim());
  return lines.find(isSecret)?.trim().slice(0, 300) ?? null;
}
