import type { RememberedDiagnosis } from "../../src/memory/index.ts";
import type { Label } from "../../src/trajectory/label.ts";

/** A label of a detector, as far as a memory reads it. */
export function label(step_id: number, detector: string, confidence: number): Label {
  return {
    step_id,
    label: "incorrect",
    confidence,
    detector,
    reasoning: "words of the run: secret plans",
    evidence: [{ step_id, where: "action", quote: "secret plans" }],
    profiles: ["findings", "codetracebench"],
  };
}

/** A diagnosis with these labels. */
export function diagnosis(...labels: Label[]): RememberedDiagnosis {
  return { verdict: labels.length > 0 ? "diagnosed" : "no_finding", labels };
}
