import type { DiagnosisFile } from "../../trajectory/diagnosis.ts";
import { type Label, SURE_CONFIDENCE } from "../../trajectory/label.ts";
import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { cascadeOf } from "../cascade.ts";
import { diagnosisFile, type Story, type TracedBy } from "../diagnosis-file.ts";
import { onsetAmong } from "../onset.ts";
import { refusesJudgement } from "../refuses-judgement.ts";
import type { TraceInput } from "../rules/index.ts";
import { outcomeSentence } from "../rules/narrate.ts";
import type { ChosenStep } from "../select/chosen-step.ts";
import type { Finding, Investigation } from "./investigation.ts";
import { toLabels } from "./to-labels.ts";

/** Who made the investigation, and the labels that the rules give the same run. */
export interface DiagnosisSource extends TracedBy {
  tracer: "agent" | "direct";
  /** Speak for steps that count without a finding, and for unuseful steps that both see. */
  rules: readonly Label[];
}

/**
 * `diagnosis.json` from a checked investigation and the selection among its findings. Labels stand in step order, each with quotes that stand; a
 * chosen step for which nobody has a quote is left out. Pure, and never throws.
 */
export function toDiagnosis(
  input: TraceInput,
  investigation: Investigation,
  chosen: readonly ChosenStep[],
  source: DiagnosisSource,
): DiagnosisFile {
  const by = { ...source, warnings: [...new Set([...source.warnings, ...investigation.warnings])] };
  const refused = refusesJudgement(input);
  if (refused !== null) return diagnosisFile(input, by, refused);
  const labels = toLabels(investigation, chosen, { ...source, steps: input.steps });
  const findings = investigation.findings.map(claimOf);
  if (labels.length === 0)
    return diagnosisFile(input, by, {
      verdict: "no_finding",
      findings,
      ...withoutLabels(investigation, input),
    });
  const onset = onsetOf(labels, input.steps);
  return diagnosisFile(input, by, {
    verdict: "diagnosed",
    findings,
    labels,
    onset_step_id: onset?.step_id ?? null,
    cascade_step_ids: onset === null ? [] : cascade(onset, labels, input),
    ...story(investigation, labels, input),
  });
}

function claimOf({
  step_ids,
  kind,
  confidence,
  stretch_share,
  later,
}: Finding): DiagnosisFile["findings"][number] {
  return { step_ids: [...step_ids], kind, confidence, stretch_share, later };
}

/** Among the counted steps where there are any, else the surest finding alone where it is sure at all. */
function onsetOf(labels: readonly Label[], steps: readonly IndexedStep[]): IndexedStep | null {
  const incorrect = labels.filter((one) => one.label === "incorrect");
  const counted = incorrect.filter((one) => isCounted(one));
  if (counted.length > 0) return onsetAmong(counted, steps);
  const surest = Math.max(...incorrect.map((one) => one.confidence));
  return surest >= SURE_CONFIDENCE
    ? onsetAmong(
        incorrect.filter((one) => one.confidence === surest),
        steps,
      )
    : null;
}

/** Leads that are neither counted nor sure do not make a step follow from the onset. */
function cascade(
  onset: IndexedStep,
  labels: readonly Label[],
  run: { steps: readonly IndexedStep[]; stages: readonly Stage[] },
): number[] {
  const held = labels.filter(
    (one) => one.label === "incorrect" && (isCounted(one) || one.confidence >= SURE_CONFIDENCE),
  );
  return cascadeOf(onset, { ...run, labelled: new Set(held.map((one) => one.step_id)) });
}

function isCounted(label: Label): boolean {
  return label.profiles.includes("codetracebench");
}

function story(investigation: Investigation, labels: readonly Label[], run: TraceInput): Story {
  const incorrect = labels.filter((one) => one.label === "incorrect");
  const told = incorrect.length > 0 ? "" : " No step is found to be wrong.";
  return {
    summary: investigation.summary || `${outcomeSentence(run.outcome)}${told}`,
    root_cause_chain: incorrect.length > 0 ? [...investigation.root_cause_chain] : [],
    critical_decisions: decisions(investigation, run.steps),
    strategy: investigation.strategy,
  };
}

function decisions(
  { critical_decisions }: Investigation,
  steps: readonly IndexedStep[],
): Story["critical_decisions"] {
  const known = new Set(steps.map((step) => step.step_id));
  return critical_decisions
    .filter((one) => known.has(one.step_id))
    .map(({ step_id, decision }) => ({ step_id, decision }))
    .sort((a, b) => a.step_id - b.step_id);
}

/** Without a label, a chain of causes would be an accusation without proof. */
function withoutLabels({ summary, strategy }: Investigation, { outcome }: TraceInput): Story {
  return {
    summary: summary || `${outcomeSentence(outcome)} The model found no step to blame.`,
    root_cause_chain: [],
    critical_decisions: [],
    strategy: outcome.resolved === true ? null : strategy,
  };
}
