import type { DiagnosisFile } from "../../trajectory/diagnosis.ts";
import type { Label } from "../../trajectory/label.ts";
import type { Outcome } from "../../trajectory/outcome.ts";
import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { defined } from "../../util/narrow.ts";
import { cascadeOf } from "../cascade.ts";
import { candidates } from "./candidates.ts";
import { inspect } from "./findings.ts";
import { WEIGHTS } from "./model/weights.generated.ts";
import { brokenByHarness, diagnosed, withoutFinding, withoutSteps } from "./narrate.ts";
import type { Candidate } from "./select.ts";

const TRACER_VERSION = 2;

/** An indexed run, as the rules read it. */
export interface TraceInput {
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  outcome: Outcome;
  /** What the agent was asked; null = not recorded. */
  task: string | null;
  /** Why there are no steps; null where there are some. */
  empty_reason: string | null;
  codetracer_version: string;
}

/**
 * Diagnoses a run without a language model: every detector looks at the indexed steps, findings without proof are
 * dropped, a fitted regression weighs them with other features of the steps, and the most suspicious few become
 * labels. Pure; step ids must run from 1 without gaps.
 */
export function traceWithRules(input: TraceInput): DiagnosisFile {
  const { outcome, steps } = input;
  if (outcome.infrastructure_failure !== null) {
    return diagnosis(input, {
      verdict: "infrastructure_failure",
      ...brokenByHarness(outcome.infrastructure_failure, steps.length),
    });
  }
  if (steps.length === 0)
    return diagnosis(input, { verdict: "no_steps", ...withoutSteps(input.empty_reason) });
  const chosen = candidates(inspect(input), outcome.resolved, WEIGHTS);
  if (chosen.length === 0)
    return diagnosis(input, { verdict: "no_finding", ...withoutFinding(steps.length, outcome) });
  const onset = onsetOf(chosen, steps);
  const labelled = new Set(
    chosen.filter((one) => one.detector.label === "incorrect").map((one) => one.step_id),
  );
  const cascade = onset === null ? [] : cascadeOf(onset, { ...input, labelled });
  return diagnosis(input, {
    verdict: "diagnosed",
    labels: chosen.map(labelOf),
    onset_step_id: onset?.step_id ?? null,
    cascade_step_ids: cascade,
    ...diagnosed(chosen, onset, cascade, input),
  });
}

/** A slip that is clearly less certain than a later one began no failure chain: it is labelled, but no onset. */
const ONSET_SHARE = 0.75;

function onsetOf(chosen: readonly Candidate[], steps: readonly IndexedStep[]): IndexedStep | null {
  const incorrect = chosen.filter((one) => one.detector.label === "incorrect");
  const surest = Math.max(...incorrect.map((one) => one.confidence));
  const first = incorrect.find((one) => one.confidence >= ONSET_SHARE * surest);
  return steps[(first?.step_id ?? 0) - 1] ?? null;
}

function labelOf(candidate: Candidate): Label {
  const { step_id, confidence, detector, reasoning, evidence, better_alternative } = candidate;
  return defined({
    step_id,
    label: detector.label,
    confidence,
    detector: detector.id,
    reasoning,
    evidence,
    better_alternative,
    profiles: ["findings", "codetracebench"] satisfies Label["profiles"],
  });
}

function diagnosis(
  input: TraceInput,
  told: Pick<DiagnosisFile, "verdict" | "summary" | "root_cause_chain" | "critical_decisions" | "strategy"> &
    Partial<DiagnosisFile>,
): DiagnosisFile {
  return {
    codetracer_version: input.codetracer_version,
    tracer: "rules",
    tracer_version: TRACER_VERSION,
    model: null,
    prompt_digest: null,
    injections: [],
    warnings: [],
    labels: [],
    onset_step_id: null,
    cascade_step_ids: [],
    usage: { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
    ...told,
  };
}
