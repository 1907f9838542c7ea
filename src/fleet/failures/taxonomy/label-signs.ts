import type { FailureStage, Label } from "../../../trajectory/index.ts";
import type { FailedRun, Sign } from "./sign.ts";

/** What a finding of each detector speaks for. Errors themselves are weighed apart. */
const STAGES: Readonly<Record<string, readonly [stage: FailureStage, words: string]>> = {
  "retried-failure": ["looping", "a failed action was tried again unchanged"],
  "redundant-wait": ["looping", "waits that showed nothing new"],
  "repeated-timeout": ["looping", "a command ran into its time limit again"],
  "stuck-terminal": ["looping", "the terminal was stuck"],
  "redundant-read": ["looping", "what was read already was read again"],
  "stand-in-result": ["verification", "a stand-in was handed in for the real result"],
  "toothless-check": ["verification", "a check that cannot fail"],
  "unbacked-success": ["verification", "success was claimed against what the run showed"],
  "test-regression": ["verification", "tests that passed were broken"],
  "discarded-edit": ["hypothesis", "an edit was thrown away without use"],
  "abandoned-direction": ["hypothesis", "a direction was given up"],
  "unused-edit": ["hypothesis", "an edit was never used"],
  "weighed-signs": ["hypothesis", "changes that look wrong together with their signs"],
  "destructive-command": ["environment", "a command destroyed what the run needed"],
};
const MOST = 1;
const UNUSEFUL_SHARE = 0.25;
const WEIGHED_SHARE = 0.6;

/** A sign for each detector that labelled steps; where a model gave the labels, its label at the onset counts for a hypothesis. */
export function labelSigns({ workspace, onset_step_id }: FailedRun): Sign[] {
  const byDetector = new Map<string, Label[]>();
  for (const label of workspace.diagnosis.labels)
    byDetector.set(label.detector, [...(byDetector.get(label.detector) ?? []), label]);
  return [...byDetector].flatMap(([detector, labels]) => {
    const [stage, words] = STAGES[detector] ?? [null, ""];
    if (stage !== null) return signOf(stage, words, labels, detector === "weighed-signs" ? WEIGHED_SHARE : 1);
    const onset = labels.filter((label) => label.step_id === onset_step_id && label.label === "incorrect");
    return detector === "ignored-evidence" || onset.length === 0
      ? []
      : signOf("hypothesis", "a step that is held to be wrong", onset, WEIGHED_SHARE);
  });
}

function signOf(stage: FailureStage, words: string, labels: readonly Label[], share: number): Sign {
  const sum = labels.reduce(
    (all, { label, confidence }) => all + confidence * (label === "unuseful" ? UNUSEFUL_SHARE : 1),
    0,
  );
  const surest = labels.reduce((best, label) => (label.confidence > best.confidence ? label : best));
  return {
    stage,
    weight: share * Math.min(sum, MOST),
    reason: labels.length === 1 ? words : `${words} (${labels.length} steps)`,
    evidence: surest.evidence.slice(0, 1),
  };
}
