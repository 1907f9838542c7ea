import type { JSX } from "preact";
import type { Evidence, Label } from "../../trajectory/index.ts";
import { plural, stepRanges } from "../shared/format.ts";
import { plainText } from "../shared/plain-text.ts";
import type { Block } from "./blocks.ts";
import { useReader } from "./context.ts";
import { EvidenceLink, StepLink, StepLinks } from "./step-link.tsx";

/** One label of a step: why, the quotes, and what would have been better. */
export function LabelCard({ label }: { label: Label }): JSX.Element {
  return (
    <article class={`finding ${tone(label)}`}>
      <FindingHead label={label} confidence={label.confidence} />
      <FindingBody label={label} evidence={label.evidence} />
    </article>
  );
}

/** One finding of the diagnosis, over all steps that it speaks of. */
export function BlockCard({ block }: { block: Block }): JSX.Element {
  const { first, labels, step_ids } = block;
  return (
    <article class={`finding ${tone(first)}`}>
      <FindingHead label={first} confidence={block.confidence}>
        <StepLinks ids={step_ids} />
      </FindingHead>
      <FindingBody label={first} evidence={first.evidence} />
      {labels.length > 1 && (
        <details class="more">
          <summary>{`The same at ${plural(labels.length - 1, "more step")}`}</summary>
          {labels.slice(1).map((label) => (
            <div key={label.step_id} class="same">
              <StepLink id={label.step_id} />
              {label.evidence.map((evidence) => (
                <EvidenceLink key={keyOf(evidence)} evidence={evidence} />
              ))}
            </div>
          ))}
        </details>
      )}
    </article>
  );
}

function FindingHead(props: { label: Label; confidence: number; children?: JSX.Element }): JSX.Element {
  const { label, confidence, children } = props;
  const isLead = confidence < useReader().facts.data.sure_confidence;
  const percent = Math.round(confidence * 100);
  return (
    <header class="finding-head">
      <span class={`tag ${tone(label)}`}>{label.label}</span>
      {children && <span class="finding-steps">{children}</span>}
      <span class="confidence" title={`confidence ${confidence.toFixed(2)}`}>
        <progress max={100} value={percent} aria-hidden="true" />
        {`${percent} %${isLead ? ", a lead" : ""}`}
      </span>
      <span class="soft mono">{plainText(label.detector)}</span>
    </header>
  );
}

function FindingBody({ label, evidence }: { label: Label; evidence: readonly Evidence[] }): JSX.Element {
  return (
    <>
      <p>{plainText(label.reasoning)}</p>
      {evidence.map((one) => (
        <EvidenceLink key={keyOf(one)} evidence={one} />
      ))}
      {label.better_alternative !== undefined && (
        <p class="instead">
          <b>Instead: </b>
          {plainText(label.better_alternative)}
        </p>
      )}
    </>
  );
}

function keyOf({ step_id, where, quote }: Evidence): string {
  return `${step_id} ${where} ${quote}`;
}

function tone(label: Label): string {
  return label.label === "incorrect" ? "bad" : "warn";
}

/** Steps in words: `step 3`, `steps 1–3, 7`. */
export function stepsWords(ids: readonly number[]): string {
  return `${ids.length === 1 ? "step" : "steps"} ${stepRanges(ids)}`;
}
