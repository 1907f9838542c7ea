import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { analyzeTarget } from "../../../src/analyze/index.ts";
import {
  type ExperimentContext,
  type ExperimentReport,
  type ExperimentSettings,
  runExperiment,
} from "../../../src/replay/experiment/index.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { tempRun } from "../../support/temp-run.ts";

const EXAMPLE = fileURLToPath(new URL("../../../examples/guessed-answer", import.meta.url));

/** A diagnosed run whose onset is known and which records no cost. */
export async function originalRun(): Promise<TracedWorkspace> {
  const [result] = await analyzeTarget({
    ...{ target: EXAMPLE, shownAs: "guessed-answer", out: null, redact: true, trace: true },
    ...{ leftOut: [], force: true },
  });
  if (result?.status !== "done" || !("diagnosis" in result.workspace)) throw new Error("not diagnosed");
  return result.workspace;
}

/** Settings of a small experiment in a fresh folder; the check looks for a file `done`. */
export async function madeSettings(given: Partial<ExperimentSettings> = {}): Promise<ExperimentSettings> {
  const root = tempRun({ "template/given.txt": "given\n" });
  return {
    original: given.original ?? (await originalRun()),
    task: "Make a file called done.",
    hint: { text: "Write it.", source: "made" },
    without_hint: "",
    command: `sh -c 'grep -q "Write it" {hint_file} && touch done; true'`,
    check: "test -f done",
    setup: null,
    template: path.join(root, "template"),
    attempts: 2,
    seed: 1,
    out: path.join(root, "out"),
    here: root,
    learned: null,
    ...given,
    limits: {
      ...{ timeout_seconds: 20, check_timeout_seconds: 20 },
      ...{ max_cost_usd: null, max_seconds: null, assumed_cost_usd: null },
      ...given.limits,
    },
  };
}

/** Runs it and returns the report and what was said on the way. */
export async function run(
  settings: ExperimentSettings,
  given: Partial<ExperimentContext> = {},
): Promise<{ report: ExperimentReport; set_aside: number; made: number }> {
  let [set_aside, made] = [0, 0];
  const report = await runExperiment(settings, {
    env: { PATH: process.env.PATH ?? "" },
    signal: new AbortController().signal,
    now: Date.now,
    onAttempt: () => made++,
    onSetAside: () => set_aside++,
    ...given,
  });
  return { report, set_aside, made };
}

/** The text of a file in the experiment's folder. */
export function fileOf({ out }: ExperimentSettings, ...names: string[]): string {
  return fs.readFileSync(path.join(out, ...names), "utf8");
}
