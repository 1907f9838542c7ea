import { printable } from "../report/printable.ts";
import type { HintFile } from "../trajectory/hint.ts";
import { type Label, SURE_CONFIDENCE } from "../trajectory/label.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";

const REASON_CHARS = 200;

/** What may be said of a run: advice or facts only, and how far facts reach. */
export type Gate = Pick<HintFile, "scope" | "scope_reason" | "onset_step_id"> & {
  /** Labels that are sure enough to advise from, in step order. Empty in a hint of facts. */
  sure: readonly Label[];
  /** Facts come from steps before this one; null = from all. */
  before_step_id: number | null;
};

/** Decides from the outcome and the diagnosis. */
export function gateOf({ extraction, diagnosis }: TracedWorkspace): Gate {
  const wrong = diagnosis.labels.filter((one) => one.label === "incorrect" && one.evidence.length > 0);
  const sure = wrong.filter((one) => one.confidence >= SURE_CONFIDENCE);
  const ends = [diagnosis.onset_step_id, sure[0]?.step_id].filter((id) => typeof id === "number");
  const before_step_id = ends.length > 0 ? Math.min(...ends) : null;
  const onset_step_id = diagnosis.onset_step_id ?? sure[0]?.step_id ?? null;
  const scope_reason = whyFactsOnly({ extraction, diagnosis }, wrong, sure);
  return scope_reason === null
    ? { scope: "whole", scope_reason, onset_step_id, before_step_id, sure }
    : { scope: "facts_only", scope_reason, onset_step_id, before_step_id, sure: [] };
}

function whyFactsOnly(
  {
    extraction: { outcome, empty_reason, step_count },
    diagnosis,
  }: Pick<TracedWorkspace, "extraction" | "diagnosis">,
  wrong: readonly Label[],
  sure: readonly Label[],
): string | null {
  if (outcome.infrastructure_failure !== null)
    return `the harness broke the run, not the agent: ${short(outcome.infrastructure_failure.reason)}`;
  if (step_count === 0 || diagnosis.verdict === "no_steps")
    return empty_reason === null ? "the run has no steps" : `the run has no steps: ${short(empty_reason)}`;
  if (outcome.resolved === true) return "the run solved its task, so there is no mistake to tell of";
  if (wrong.length === 0) return "the diagnosis names no wrong step";
  return sure.length === 0 ? "no wrong step that the diagnosis names is sure enough to advise from" : null;
}

function short(text: string): string {
  return printable(text)
    .slice(0, REASON_CHARS)
    .toWellFormed()
    .replace(/[.\s]+$/, "");
}
