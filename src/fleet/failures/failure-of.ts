import { type Failure, SURE_CONFIDENCE } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import type { FailedRun } from "./taxonomy/sign.ts";
import { stageOf } from "./taxonomy/stage-of.ts";
import { errorLines } from "./text/error-lines.ts";
import { summaryOf } from "./text/summary.ts";

/**
 * What kind of failure a run is, with quotes, and its summary. null = it did not fail, that is not known, or the harness broke it.
 * Deterministic; every quote stands verbatim in the step that it names.
 */
export function failureOf(workspace: TracedWorkspace): Failure | null {
  const { outcome } = workspace.extraction;
  if (outcome.resolved !== false || outcome.infrastructure_failure !== null) return null;
  const { onset_step_id, labels } = workspace.diagnosis;
  const onsetLabels = labels.filter(
    ({ step_id, label }) => step_id === onset_step_id && label === "incorrect",
  );
  const confidence = Math.max(0, ...onsetLabels.map((label) => label.confidence));
  const run: FailedRun = {
    workspace,
    steps: workspace.steps,
    onset_step_id,
    onset_certainty: Math.min(1, confidence / SURE_CONFIDENCE),
    errors: workspace.steps.flatMap(errorLines),
  };
  const { stage, reason, evidence, signs } = stageOf(run);
  return { stage, reason, summary: summaryOf(run, signs), evidence };
}
