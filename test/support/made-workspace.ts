import { diagnose } from "../../src/analyze/index.ts";
import type { IndexedStep, Outcome } from "../../src/trajectory/index.ts";
import { UNKNOWN_OUTCOME } from "../../src/trajectory/index.ts";
import type { TracedWorkspace } from "../../src/workspace/workspace.ts";

/** A diagnosed workspace around hand-made steps. */
export function madeWorkspace(
  run: string,
  steps: readonly IndexedStep[],
  more: { task?: string | null; outcome?: Partial<Outcome> } = {},
): TracedWorkspace {
  return diagnose({
    extraction: {
      codetracer_version: "0.0.0",
      run,
      extractor: { id: "made", version: 1, confidence: 1, reason: "made by hand" },
      input_digest: "0",
      agent: { name: null, version: null, model: null },
      outcome: { ...UNKNOWN_OUTCOME, ...more.outcome },
      step_count: steps.length,
      empty_reason: steps.length === 0 ? "made without steps" : null,
      files_used: [],
      fidelity: { passed: true, checks: [] },
      redactions: null,
      warnings: [],
    },
    task: more.task === undefined ? "mend the parser" : more.task,
    steps,
    stages:
      steps.length === 0 ? [] : [{ stage_id: 1, stage: "all", start_step_id: 1, end_step_id: steps.length }],
    tree: "root\n",
  });
}
