import type { ExtractedRun } from "../extract/extract.ts";
import { indexTrajectory } from "../index-run/index.ts";
import { frameworkOf } from "../memory/index.ts";
import { createRedactor } from "../run/redact/index.ts";
import { toLabelsFile, traceWithRules } from "../trace/index.ts";
import type { ExtractionFile, Profile } from "../trajectory/index.ts";
import { VERSION } from "../util/version.ts";
import type { TracedWorkspace, Workspace } from "../workspace/workspace.ts";

/** What is told apart from the raw run when a workspace is made. */
export interface BuildOptions {
  /** How the user named the run. */
  run: string;
  /** From `inputDigest`. */
  inputDigest: string;
  /** False keeps secrets as they are. */
  redact: boolean;
}

/** Indexes an extracted run and redacts its secrets: the workspace without a diagnosis. */
export function buildWorkspace(extracted: ExtractedRun, options: BuildOptions): Workspace {
  const { trajectory, chosen, fidelity } = extracted;
  const { steps, stages, tree } = indexTrajectory(trajectory);
  const extraction: ExtractionFile = {
    codetracer_version: VERSION,
    run: options.run,
    extractor: { id: chosen.extractor.id, version: chosen.extractor.version, ...chosen.detection },
    input_digest: options.inputDigest,
    agent: trajectory.agent,
    outcome: trajectory.outcome,
    step_count: steps.length,
    empty_reason: trajectory.empty_reason ?? null,
    files_used: trajectory.files_used,
    fidelity,
    redactions: null,
    warnings: trajectory.warnings,
  };
  const workspace: Workspace = { extraction, task: trajectory.task, steps, stages, tree };
  if (!options.redact) return workspace;
  const redactor = createRedactor();
  const redacted = redactor.deep(workspace);
  return { ...redacted, extraction: { ...redacted.extraction, redactions: redactor.counts } };
}

/** What a tracer sees of a workspace. */
export function traceInputOf({ extraction, steps, stages, task, tree }: Workspace) {
  const { outcome, empty_reason, run } = extraction;
  const remembered_as = { framework: frameworkOf(extraction), run };
  return { steps, stages, tree, task, outcome, empty_reason, remembered_as, codetracer_version: VERSION };
}

/** Adds the offline diagnosis. Works on the redacted workspace, so that no quote holds a secret. `profile` says which labels stand in `labels.json`. */
export function diagnose(workspace: Workspace, profile?: Profile): TracedWorkspace {
  const diagnosis = traceWithRules(traceInputOf(workspace));
  return { ...workspace, diagnosis, labels: toLabelsFile(diagnosis, workspace.stages, profile) };
}
