import type { JSX } from "preact";
import type { Evidence } from "../../trajectory/index.ts";
import { plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { stepsWords } from "./label-card.tsx";
import { EvidenceLink, StepLink } from "./step-link.tsx";

const ACTION_CHARS = 600;

/** Where the failure begins, what was done there, and the quote that proves it. */
export function OnsetCard(): JSX.Element | null {
  const { facts, open } = useReader();
  const { diagnosis, steps, sure_confidence } = facts.data;
  const step = diagnosis.onset_step_id === null ? null : facts.step(diagnosis.onset_step_id);
  if (step === null) return null;
  const label = facts.labels(step.step_id).find((one) => one.label === "incorrect");
  const stage = facts.stage(step.step_id);
  const proof = label && proofOf(label.evidence);
  const action = step.readable_action ?? step.action;
  const isSure = label === undefined || label.confidence >= sure_confidence;
  return (
    <section class="card onset-card" aria-label="Where it went wrong">
      <h2>
        {isSure ? "Where it went wrong: " : "Most suspicious: "}
        <StepLink id={step.step_id} />
        {` of ${steps.length}`}
        {stage && <span class="soft">{`, in stage ${stage.stage_id}: ${plainText(stage.stage)}`}</span>}
      </h2>
      <pre class="snippet">
        {plainText(action.length > ACTION_CHARS ? `${action.slice(0, ACTION_CHARS)} …` : action)}
      </pre>
      {label && <p>{plainText(label.reasoning)}</p>}
      {proof && <EvidenceLink evidence={proof} />}
      {diagnosis.cascade_step_ids.length > 0 && (
        <p class="soft">{`Follows from it: ${stepsWords(diagnosis.cascade_step_ids)}.`}</p>
      )}
      <button type="button" class="primary" onClick={() => open(step.step_id)}>
        {`Open step ${step.step_id}`} <kbd>o</kbd>
      </button>
    </section>
  );
}

/** What the run showed proves more than what the agent thought or typed. */
function proofOf(evidence: readonly Evidence[]): Evidence | undefined {
  return (
    evidence.findLast((one) => one.where === "observation") ??
    evidence.findLast((one) => one.where === "thinking") ??
    evidence[0]
  );
}
