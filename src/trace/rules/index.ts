import type { DiagnosisFile } from "../../trajectory/diagnosis.ts";
import type { Label } from "../../trajectory/label.ts";
import type { Outcome } from "../../trajectory/outcome.ts";
import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { defined } from "../../util/narrow.ts";
import { cascadeOf } from "../cascade.ts";
import { diagnosisFile, type TracedBy } from "../diagnosis-file.ts";
import { onsetAmong } from "../onset.ts";
import { refusesJudgement } from "../refuses-judgement.ts";
import { candidates } from "./candidates.ts";
import { inspect } from "./findings.ts";
import { WEIGHTS } from "./model/weights.generated.ts";
import { diagnosed, withoutFinding } from "./narrate.ts";
import type { Candidate } from "./select.ts";

const BY_RULES: TracedBy = {
  tracer: "rules",
  tracer_version: 2,
  model: null,
  prompt_digest: null,
  settings: {},
  injections: [],
  warnings: [],
  agreement: null,
  usage: { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
};

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
  const refused = refusesJudgement(input);
  if (refused !== null) return diagnosisFile(input, BY_RULES, refused);
  const chosen = candidates(inspect(input), outcome.resolved, WEIGHTS);
  if (chosen.length === 0)
    return diagnosisFile(input, BY_RULES, {
      verdict: "no_finding",
      ...withoutFinding(steps.length, outcome),
    });
  const incorrect = chosen.filter((one) => one.detector.label === "incorrect");
  const onset = onsetAmong(incorrect, steps);
  const labelled = new Set(incorrect.map((one) => one.step_id));
  const cascade = onset === null ? [] : cascadeOf(onset, { ...input, labelled });
  return diagnosisFile(input, BY_RULES, {
    verdict: "diagnosed",
    labels: chosen.map(labelOf),
    onset_step_id: onset?.step_id ?? null,
    cascade_step_ids: cascade,
    ...diagnosed(chosen, onset, cascade, input),
  });
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
