import type { JSX } from "preact";
import type { Evidence } from "../../trajectory/index.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";

/** A link to a step. Its address is made of the step's number alone. */
export function StepLink({ id, children }: { id: number; children?: string }): JSX.Element {
  const { open } = useReader();
  return (
    <a
      href={`#step-${id}`}
      onClick={(event) => {
        event.preventDefault();
        open(id);
      }}
    >
      {children ?? `step ${id}`}
    </a>
  );
}

/** Links to steps, rows of neighbours by their ends. */
export function StepLinks({ ids }: { ids: readonly number[] }): JSX.Element {
  const shown = ids.slice(0, LINKS_SHOWN);
  return (
    <>
      {ids.length === 1 ? "step " : "steps "}
      {shown.map((id, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <StepLink id={id}>{String(id)}</StepLink>
        </span>
      ))}
      {ids.length > shown.length && ` and ${ids.length - shown.length} more`}
    </>
  );
}

const LINKS_SHOWN = 12;
const QUOTE_CHARS = 320;

/** A quote as evidence: it opens the step that it stands in, at its place. */
export function EvidenceLink({ evidence }: { evidence: Evidence }): JSX.Element {
  const { open } = useReader();
  const { step_id, where, quote } = evidence;
  const shown = quote.length > QUOTE_CHARS ? `${quote.slice(0, QUOTE_CHARS)} …` : quote;
  return (
    <a
      class="evidence"
      href={`#step-${step_id}`}
      onClick={(event) => {
        event.preventDefault();
        open(step_id, { step_id, where, quote });
      }}
    >
      <span class="evidence-place">{`step ${step_id}, ${where}`}</span>
      <q>
        <bdi>{plainLine(shown)}</bdi>
      </q>
    </a>
  );
}
