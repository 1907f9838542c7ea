import fs from "node:fs";
import path from "node:path";
import { execaSync } from "execa";
import { describe, expect, it } from "vitest";
import { discoverRuns } from "../../../src/extract/discover.ts";
import { extractRun } from "../../../src/extract/extract.ts";
import { EXTRACTORS } from "../../../src/extract/registry.generated.ts";
import { indexTrajectory } from "../../../src/index-run/index.ts";
import { planReplay, type ReplayPlan, replayScript } from "../../../src/replay/plan/index.ts";
import type { Recorded } from "../../../src/replay/plan/plan-replay.ts";
import { openRun } from "../../../src/run/open.ts";
import { createRedactor } from "../../../src/run/redact/index.ts";
import type { Trajectory } from "../../../src/trajectory/trajectory.ts";
import { corpusFolders, corpusPath, hasCorpus } from "../../support/corpus.ts";

const PER_CORPUS_MS = 240_000;

/** Folders of real runs, and the archives of labelled rows. */
const targets = [
  ...corpusFolders("runs").flatMap((format) => corpusFolders("runs", path.basename(format))),
  ...archivesOf("codetracebench", "bench_artifacts", "full"),
];

function archivesOf(...parts: string[]): string[] {
  const folder = corpusPath(...parts);
  return fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : [];
}

describe.skipIf(!hasCorpus)("scripts of real runs", () => {
  it(
    "are valid bash for every run with steps, and account for every step that changes state",
    async () => {
      const invalid: string[] = [];
      const unaccounted: string[] = [];
      const forms: Record<string, number> = {};
      let runs = 0;
      for (const target of targets) {
        const { files, dispose } = await openRun(target);
        for (const found of discoverRuns(files, EXTRACTORS).runs) {
          const { trajectory } = extractRun(found);
          if (trajectory.steps.length === 0) continue;
          runs++;
          const { plan, steps } = planned(trajectory);
          const ids = new Set(plan.steps.map(({ step_id }) => step_id));
          if (steps.some(({ kind, step_id }) => kind === "change" && !ids.has(step_id)))
            unaccounted.push(target);
          for (const { act } of plan.steps) forms[act.form] = (forms[act.form] ?? 0) + 1;
          if (!isBash(plan)) invalid.push(target);
        }
        dispose();
      }
      console.info(`${runs} runs with steps; planned steps by form: ${JSON.stringify(forms)}`);
      expect(runs).toBeGreaterThan(200);
      expect({ invalid, unaccounted }).toEqual({ invalid: [], unaccounted: [] });
    },
    PER_CORPUS_MS,
  );
});

function planned(trajectory: Trajectory) {
  const redactor = createRedactor();
  const steps = redactor.deep(indexTrajectory(trajectory).steps);
  const recorded: Recorded = {
    steps,
    diagnosis: { onset_step_id: null, verdict: "no_finding" },
    extraction: { run: "run", redactions: { ...redactor.counts } },
  };
  return { steps, plan: planReplay(recorded, steps.length) };
}

function isBash(plan: ReplayPlan): boolean {
  const root = plan.recorded_root;
  const maps = root === null ? [] : [{ recorded: root, within: "." }];
  const input = replayScript(plan, { run_directory: "/run", maps, only_safe: false });
  return execaSync("bash", ["-n"], { input, reject: false }).exitCode === 0;
}
