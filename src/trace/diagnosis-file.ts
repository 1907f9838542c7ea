import type { DiagnosisFile } from "../trajectory/diagnosis.ts";

/** Who made a diagnosis, and what it took. */
export type TracedBy = Pick<
  DiagnosisFile,
  | "tracer"
  | "tracer_version"
  | "model"
  | "prompt_digest"
  | "settings"
  | "injections"
  | "warnings"
  | "agreement"
  | "usage"
>;

/** The part of a diagnosis that is told in words. */
export type Story = Pick<DiagnosisFile, "summary" | "root_cause_chain" | "critical_decisions" | "strategy">;

/** What a tracer came to. Without labels, onset and cascade there are none. */
export type Told = Story &
  Pick<DiagnosisFile, "verdict"> &
  Partial<Pick<DiagnosisFile, "labels" | "findings" | "onset_step_id" | "cascade_step_ids">>;

/** `diagnosis.json` from what a tracer came to. */
export function diagnosisFile(run: { codetracer_version: string }, by: TracedBy, told: Told): DiagnosisFile {
  return {
    codetracer_version: run.codetracer_version,
    tracer: by.tracer,
    tracer_version: by.tracer_version,
    model: by.model,
    prompt_digest: by.prompt_digest,
    settings: { ...by.settings },
    injections: [...by.injections],
    warnings: [...by.warnings],
    agreement: by.agreement,
    labels: [],
    findings: [],
    onset_step_id: null,
    cascade_step_ids: [],
    usage: { ...by.usage },
    ...told,
  };
}
