import type { Label } from "../../trajectory/index.ts";

/** Labels that say the same of several steps: one finding. */
export interface Block {
  first: Label;
  labels: readonly Label[];
  step_ids: readonly number[];
  /** The surest of its steps. */
  confidence: number;
  /** Whether the benchmark would count it; the rest are leads. */
  isCounted: boolean;
}

/** Findings: what counts in step order, then the rest with the surest first. */
export function findings(labels: readonly Label[]): Block[] {
  const groups = new Map<string, Label[]>();
  for (const label of labels) {
    const key = JSON.stringify([isCounted(label), label.detector, label.label, shape(label.reasoning)]);
    groups.set(key, [...(groups.get(key) ?? []), label]);
  }
  const all = [...groups.values()].flatMap((group) => block(group));
  const counted = all.filter((one) => one.isCounted).sort((a, b) => a.first.step_id - b.first.step_id);
  const others = all.filter((one) => !one.isCounted).sort((a, b) => b.confidence - a.confidence);
  return [...counted, ...others];
}

function block(labels: readonly Label[]): Block[] {
  const [first] = labels;
  if (first === undefined) return [];
  return [
    {
      first,
      labels,
      step_ids: labels.map((label) => label.step_id),
      confidence: Math.max(...labels.map((label) => label.confidence)),
      isCounted: isCounted(first),
    },
  ];
}

function isCounted(label: Label): boolean {
  return label.profiles.includes("codetracebench");
}

/** Reasons that differ only in the steps they name say the same. */
function shape(reasoning: string): string {
  return reasoning.replace(/\bstep \d+/g, "step #");
}
