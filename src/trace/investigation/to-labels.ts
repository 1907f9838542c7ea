import type { Evidence, Label } from "../../trajectory/label.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { defined } from "../../util/narrow.ts";
import { stands } from "../evidence.ts";
import type { ChosenStep } from "../select/chosen-step.ts";
import type { Finding, Investigation, UnusefulFinding } from "./investigation.ts";

const EVIDENCE_MAX = 4;
/** What an unuseful step gets that no rule sees: the selection weighs wrong steps only. */
const UNUSEFUL_CONFIDENCE = 0.5;

interface LabelSource {
  tracer: "agent" | "direct";
  rules: readonly Label[];
  steps: readonly IndexedStep[];
}

/** The labels of an investigation in step order, one a step: the selected steps, then the unuseful ones that are not wrong as well. */
export function toLabels(
  investigation: Pick<Investigation, "unuseful">,
  chosen: readonly ChosenStep[],
  source: LabelSource,
): Label[] {
  const incorrect = new Map<number, Label>();
  for (const one of strongestFirst(chosen)) {
    const label = incorrect.has(one.step_id) ? null : incorrectLabel(one, source);
    if (label) incorrect.set(one.step_id, label);
  }
  const unuseful = new Map<number, Label>();
  for (const finding of investigation.unuseful) {
    for (const id of finding.step_ids) {
      const label = incorrect.has(id) || unuseful.has(id) ? null : unusefulLabel(id, finding, source);
      if (label) unuseful.set(id, label);
    }
  }
  return [...incorrect.values(), ...unuseful.values()].sort((a, b) => a.step_id - b.step_id);
}

function strongestFirst(chosen: readonly ChosenStep[]): ChosenStep[] {
  const byStrength = (a: ChosenStep, b: ChosenStep): number =>
    Number(b.counted) - Number(a.counted) || share(b.probability) - share(a.probability);
  return [...chosen].sort(byStrength);
}

function incorrectLabel(one: ChosenStep, { tracer, rules, steps }: LabelSource): Label | null {
  const confidence = share(one.probability);
  const profiles: Label["profiles"] = one.counted ? ["findings", "codetracebench"] : ["findings"];
  const { finding, step_id } = one;
  if (finding === null) {
    const rule = rules.find((label) => label.step_id === step_id && label.label === "incorrect");
    return rule ? { ...rule, confidence, profiles } : null;
  }
  const evidence = quotesFor(step_id, finding, steps);
  if (evidence === null) return null;
  return defined({
    step_id,
    label: "incorrect" as const,
    confidence,
    detector: `${tracer}:${finding.kind}`,
    reasoning: finding.reasoning,
    evidence,
    better_alternative: finding.better_alternative,
    profiles,
  });
}

function unusefulLabel(
  step_id: number,
  finding: UnusefulFinding,
  { tracer, rules, steps }: LabelSource,
): Label | null {
  const evidence = quotesFor(step_id, finding, steps);
  if (evidence === null) return null;
  const rule = rules.find((label) => label.step_id === step_id && label.label === "unuseful");
  return {
    step_id,
    label: "unuseful",
    confidence: rule?.confidence ?? UNUSEFUL_CONFIDENCE,
    detector: `${tracer}:unuseful`,
    reasoning: finding.reasoning,
    evidence,
    profiles: ["findings", "codetracebench"],
  };
}

/** The quotes of a finding that stand, those of the step itself first; null = none, or the step is not part of the run. */
function quotesFor(
  id: number,
  { evidence }: Pick<Finding, "evidence">,
  steps: readonly IndexedStep[],
): Evidence[] | null {
  if (steps[id - 1]?.step_id !== id) return null;
  const standing = evidence.filter((quote) => stands(quote, steps));
  const own = standing.filter((quote) => quote.step_id === id);
  const others = standing.filter((quote) => quote.step_id !== id);
  return standing.length === 0 ? null : [...own, ...others].slice(0, EVIDENCE_MAX);
}

/** A probability as confidences are written: two digits, 0 where it is none. */
function share(probability: number): number {
  return Number.isFinite(probability) ? Math.round(Math.min(1, Math.max(0, probability)) * 100) / 100 : 0;
}
