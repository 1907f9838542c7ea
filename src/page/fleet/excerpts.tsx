import type { JSX } from "preact";
import { plainLine, plainText } from "../shared/plain-text.ts";
import type { PageExcerpt, PageRun, PageRunDetail } from "./data.ts";
import { withQuotes } from "./with-quotes.ts";

/** The steps around the onset, or the last ones, with the quotes that speak against them marked. */
export function Excerpts({ run, detail }: { run: PageRun; detail: PageRunDetail }): JSX.Element | null {
  if (detail.excerpts.length === 0) return null;
  const isOnset = run.onset_step_id !== null;
  return (
    <section class="card">
      <h3>{isOnset ? "Where it went wrong" : "Its last steps"}</h3>
      <ol class="excerpts">
        {detail.excerpts.map((step) => (
          <Excerpt
            key={step.step_id}
            step={step}
            isOnset={step.step_id === run.onset_step_id}
            detail={detail}
          />
        ))}
      </ol>
      <p class="soft small">Texts are cut to a few lines; the page of the run alone has them whole.</p>
    </section>
  );
}

function Excerpt(props: { step: PageExcerpt; isOnset: boolean; detail: PageRunDetail }): JSX.Element {
  const { step, isOnset, detail } = props;
  const quotes = (where: string) =>
    detail.labels
      .flatMap(({ evidence }) => evidence)
      .filter((one) => one.step_id === step.step_id && one.where === where)
      .map(({ quote }) => quote);
  const isOpen = isOnset || quotes("action").length + quotes("observation").length > 0;
  return (
    <li class={isOnset ? "excerpt onset" : "excerpt"}>
      <details open={isOpen}>
        <summary>
          <span class="row-id">{step.step_id}</span>
          <span class={`cell ${step.kind}`} aria-hidden="true" />
          <span class="excerpt-name">{plainLine(step.name)}</span>
          {step.failed && <span class="bad-text">failed</span>}
          {isOnset && <span class="tag onset">onset</span>}
        </summary>
        <Text text={step.action} quotes={quotes("action")} name="action" />
        {step.observation === null ? (
          <p class="soft small">What came back is not recorded.</p>
        ) : (
          <Text text={step.observation} quotes={quotes("observation")} name="observation" />
        )}
      </details>
    </li>
  );
}

function Text({
  text,
  quotes,
  name,
}: {
  text: string;
  quotes: readonly string[];
  name: string;
}): JSX.Element {
  if (text.trim() === "") return <p class="soft small">{`empty ${name}`}</p>;
  return (
    <pre class={`text ${name}`}>
      {withQuotes(text.trimEnd(), quotes).map((part) =>
        part.isQuote ? (
          <mark key={part.start}>{plainText(part.text)}</mark>
        ) : (
          <span key={part.start}>{plainText(part.text)}</span>
        ),
      )}
    </pre>
  );
}
