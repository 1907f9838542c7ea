import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Ref } from "../../trajectory/index.ts";
import { characterWords } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { PageStep } from "./data.ts";
import { findAll, findQuote } from "./find-quote.ts";
import { LongText } from "./long-text.tsx";
import type { Mark } from "./pieces.ts";

type Where = "action" | "observation" | "thinking";
/** Hits of the search that are pointed out in one text. */
const HITS_SHOWN = 60;

/** Thinking, action and observation of a step, the evidence in them pointed out in place. */
export function StepTexts({ step }: { step: PageStep }): JSX.Element {
  return (
    <>
      {step.thinking !== undefined && (
        <TextSection step={step} where="thinking" text={step.thinking} place={null} />
      )}
      <ActionSection step={step} />
      {step.observation === null ? (
        <section class="said-text">
          <h3>Observation</h3>
          <p class="soft">Not recorded.</p>
        </section>
      ) : (
        <TextSection step={step} where="observation" text={step.observation} place={step.observation_ref} />
      )}
    </>
  );
}

/** The action as a person reads it. A quote that stands only in the recorded text turns that one up. */
function ActionSection({ step }: { step: PageStep }): JSX.Element {
  const { facts } = useReader();
  const { action, readable_action: readable } = step;
  const isQuotedRaw =
    readable !== undefined &&
    facts
      .quotes(step.step_id)
      .some(({ where, quote }) => where === "action" && findQuote(readable, quote).length === 0);
  const [isRaw, setRaw] = useState(isQuotedRaw);
  const text = isRaw || readable === undefined ? action : readable;
  return (
    <TextSection step={step} where="action" text={text} place={step.action_ref}>
      {readable !== undefined && (
        <button type="button" class="quiet" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
          As recorded
        </button>
      )}
    </TextSection>
  );
}

function TextSection(props: {
  step: PageStep;
  where: Where;
  text: string;
  place: Ref | null;
  children?: JSX.Element | false;
}): JSX.Element {
  const { step, where, text, place, children } = props;
  const marks = useMarks(step, where, text);
  const cut = step.cut?.[where];
  const title = where === "action" && step.is_shell ? "Command" : TITLES[where];
  return (
    <section class={`said-text ${where}`} aria-label={title}>
      <div class="text-head">
        <h3>{title}</h3>
        <span class="soft">{text.length > 2000 ? characterWords(text.length) : ""}</span>
        {place && (
          <span class="soft mono place">
            {plainLine(
              `${place.path}:${place.line_start}${place.line_end === place.line_start ? "" : `-${place.line_end}`}`,
            )}
          </span>
        )}
        {children}
      </div>
      {cut !== undefined && (
        <p class="warn-text">{`${characterWords(cut)} in the middle are not in this page; steps.json of the workspace holds them.`}</p>
      )}
      <LongText text={text} marks={marks} name={`step-${step.step_id}-${where}`} />
    </section>
  );
}

const TITLES: Readonly<Record<Where, string>> = {
  thinking: "Thinking",
  action: "Action",
  observation: "Observation",
};

function useMarks(step: PageStep, where: Where, text: string): readonly Mark[] {
  const { facts, state } = useReader();
  const { focus, filter } = state;
  return useMemo(() => {
    const quotes = facts.quotes(step.step_id).filter((one) => one.where === where);
    const evidence = quotes.flatMap(({ quote }): Mark[] => {
      const isActive = focus?.step_id === step.step_id && focus.where === where && focus.quote === quote;
      return findQuote(text, quote).map((range, index) => ({
        ...range,
        kind: "evidence",
        isActive,
        isTarget: isActive && index === 0,
      }));
    });
    const hits = findAll(text, filter.text, HITS_SHOWN).map(
      (range): Mark => ({ ...range, kind: "hit", isActive: false, isTarget: false }),
    );
    return [...evidence, ...hits];
  }, [facts, step, where, text, focus, filter.text]);
}
