import type { Finding } from "../../../src/trace/investigation/investigation.ts";
import type { RuleStep } from "../../../src/trace/select/features.ts";

/** A finding of which only what the selector reads is given. */
export function finding(step_ids: readonly number[], given: Partial<Finding> = {}): Finding {
  return {
    step_ids,
    kind: "wrong_change",
    confidence: 0.4,
    stretch: [1, 4],
    stretch_share: 0.5,
    evidence: [{ step_id: step_ids[0] ?? 1, where: "action", quote: "make" }],
    reasoning: "r",
    later: "unknown",
    ...given,
  };
}

/** What the rules say of the steps of a run of `count` steps: `likely` ones are chosen, the others improbable. */
export function rules(count: number, likely: Readonly<Record<number, number>> = {}): RuleStep[] {
  return Array.from({ length: count }, (_, index) => {
    const probability = likely[index + 1];
    return { step_id: index + 1, probability: probability ?? 0.02, chosen: probability !== undefined };
  });
}
