import path from "node:path";
import { analyzeTarget } from "../../analyze/index.ts";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import type { AttemptRun } from "./ledger.ts";
import { onsetStep, recurrenceOf } from "./recurrence.ts";

/** Where the run of an attempt lies and where its workspace goes. */
export interface ReadRunOptions {
  /** The folder that the agent recorded into. */
  folder: string;
  workdir: string;
  /** Where the workspace goes. */
  out: string;
  original: TracedWorkspace;
  learned: string | null;
}

const NOTHING: AttemptRun = {
  extractor: null,
  problem: null,
  step_count: null,
  cost_usd: null,
  onset_step_id: null,
  infrastructure_failure: null,
  recurrence: null,
};

/** Extracts and diagnoses what an attempt left, into a workspace. Never throws for what the agent wrote: `problem` says what is wrong with it. */
export async function readRun(options: ReadRunOptions): Promise<AttemptRun> {
  try {
    const [first, ...others] = await analyzeTarget({
      target: options.folder,
      shownAs: path.basename(options.folder),
      out: options.out,
      redact: true,
      trace: true,
      leftOut: [],
      force: true,
      learned: options.learned,
    });
    if (first === undefined || others.length > 0)
      return { ...NOTHING, problem: `it left ${others.length + 1} runs where one was expected` };
    if (first.status === "failed") return { ...NOTHING, problem: first.error.message };
    if (!("diagnosis" in first.workspace)) return { ...NOTHING, problem: "it was not diagnosed" };
    return describe(first.workspace, options);
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    return { ...NOTHING, problem: messageOf(error) };
  }
}

function describe(workspace: TracedWorkspace, { original, workdir }: ReadRunOptions): AttemptRun {
  const { extraction, diagnosis } = workspace;
  const onset = onsetStep(original);
  return {
    extractor: extraction.extractor.id,
    problem: extraction.empty_reason,
    step_count: extraction.step_count,
    cost_usd: costOf(workspace),
    onset_step_id: diagnosis.onset_step_id,
    infrastructure_failure: extraction.outcome.infrastructure_failure?.reason ?? null,
    recurrence: onset === null ? null : recurrenceOf(onset, workspace, workdir),
  };
}

/** Dollars of all steps that record some; null = none does. */
export function costOf({ steps }: Pick<TracedWorkspace, "steps">): number | null {
  const costs = steps.flatMap(({ cost_usd }) => (cost_usd === undefined ? [] : [cost_usd]));
  return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
}
