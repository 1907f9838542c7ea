import type { JSX } from "preact";
import type { Evidence } from "../../trajectory/index.ts";
import { plainText } from "../shared/plain-text.ts";

/** A quote of the run and where it stands. */
export function Quote({ evidence }: { evidence: Evidence }): JSX.Element {
  return (
    <figure class="quote">
      <figcaption>{`step ${evidence.step_id}, ${evidence.where}`}</figcaption>
      <blockquote>{plainText(evidence.quote)}</blockquote>
    </figure>
  );
}

/** Quotes, one below the other. */
export function Quotes({ evidence }: { evidence: readonly Evidence[] }): JSX.Element | null {
  if (evidence.length === 0) return null;
  return (
    <div class="quotes">
      {evidence.map((one) => (
        <Quote key={`${one.step_id} ${one.where} ${one.quote}`} evidence={one} />
      ))}
    </div>
  );
}
