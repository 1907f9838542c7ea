import type { JSX } from "preact";
import { plainLine, plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { PageStep } from "./data.ts";
import { LabelCard } from "./label-card.tsx";
import { StepChips } from "./step-chips.tsx";
import { StepLink, StepLinks } from "./step-link.tsx";
import { StepTexts } from "./step-texts.tsx";

/** One step: what was thought, done and seen, and what is said of it. */
export function StepPane({ stepId }: { stepId: number }): JSX.Element | null {
  const { facts } = useReader();
  const step = facts.step(stepId);
  if (step === null) return null;
  return (
    <article class="step" aria-labelledby="step-title">
      <StepHead step={step} />
      <Role step={step} />
      {facts.labels(stepId).map((label) => (
        <LabelCard key={`${label.label} ${label.detector}`} label={label} />
      ))}
      {facts.flags(stepId).map((flag) => (
        <p key={flag.behaviour} class="said">
          <span class="tag">{plainText(flag.behaviour).replaceAll("-", " ")}</span> {plainText(flag.reason)}
        </p>
      ))}
      <QuotedFor stepId={stepId} />
      <StepTexts step={step} />
    </article>
  );
}

function StepHead({ step }: { step: PageStep }): JSX.Element {
  const { facts, shown, open } = useReader();
  const previous = shown.findLast((id) => id < step.step_id);
  const next = shown.find((id) => id > step.step_id);
  const stage = facts.stage(step.step_id);
  return (
    <header class="step-head">
      <div class="step-nav">
        <button
          type="button"
          disabled={previous === undefined}
          aria-label="Previous step"
          onClick={() => open(previous ?? step.step_id)}
        >
          ←
        </button>
        <span class="soft">{`Step ${step.step_id} of ${facts.data.steps.length}`}</span>
        <button
          type="button"
          disabled={next === undefined}
          aria-label="Next step"
          onClick={() => open(next ?? step.step_id)}
        >
          →
        </button>
        {stage && <span class="soft stage-name">{`Stage ${stage.stage_id}: ${plainLine(stage.stage)}`}</span>}
      </div>
      <h2 id="step-title">
        <span class={`glyph ${step.kind}`} aria-hidden="true" />
        {plainLine(step.name)}
      </h2>
      <StepChips step={step} />
    </header>
  );
}

function Role({ step }: { step: PageStep }): JSX.Element | null {
  const { facts } = useReader();
  const { onset_step_id: onset, cascade_step_ids: cascade } = facts.data.diagnosis;
  if (facts.isOnset(step.step_id))
    return (
      <p class="role onset">
        <b>Onset.</b> The failure begins here
        {cascade.length > 0 && (
          <>
            {"; it goes on in "}
            <StepLinks ids={cascade} />
          </>
        )}
        .
      </p>
    );
  if (onset === null || !facts.isCascade(step.step_id)) return null;
  return (
    <p class="role cascade">
      <b>Cascade.</b> Follows from the onset at <StepLink id={onset} />.
    </p>
  );
}

/** The labels of other steps that rest on what stands here. */
function QuotedFor({ stepId }: { stepId: number }): JSX.Element | null {
  const { facts } = useReader();
  const others = facts
    .quotes(stepId)
    .flatMap(({ label }) => (label && label.step_id !== stepId ? [label.step_id] : []));
  if (others.length === 0) return null;
  return (
    <p class="soft">
      Quoted as evidence against <StepLinks ids={[...new Set(others)]} />.
    </p>
  );
}
