import type { JSX } from "preact";
import { plural } from "../shared/format.ts";
import { plainText } from "../shared/plain-text.ts";
import { Behaviours, Quality } from "./behaviours.tsx";
import { type Block, findings } from "./blocks.ts";
import { useReader } from "./context.ts";
import { FactsList } from "./facts-list.tsx";
import { BlockCard } from "./label-card.tsx";
import { LongText } from "./long-text.tsx";
import { OnsetCard } from "./onset-card.tsx";
import { Reading } from "./reading.tsx";
import { StepLink } from "./step-link.tsx";

const LEADS_SHOWN = 6;

/** What is to be known of the run before any step is opened. */
export function Overview(): JSX.Element {
  const { data } = useReader().facts;
  const { diagnosis, task } = data;
  const blocks = findings(diagnosis.labels);
  return (
    <div class="overview">
      <section class="verdict" aria-label="Verdict">
        <p class="summary">{plainText(diagnosis.summary)}</p>
        <FactsList />
      </section>
      <OnsetCard />
      {diagnosis.strategy !== null && (
        <section class="card strategy">
          <h2>What the next run should do</h2>
          <p>{plainText(diagnosis.strategy)}</p>
        </section>
      )}
      <Findings blocks={blocks} />
      <Chain />
      <div class="pair">
        <Quality />
        <Behaviours />
      </div>
      <section class="card">
        <h2>Task</h2>
        {task === null ? <p class="soft">Not recorded.</p> : <LongText text={task} marks={[]} name="task" />}
      </section>
      <Reading />
    </div>
  );
}

function Findings({ blocks }: { blocks: readonly Block[] }): JSX.Element {
  const counted = blocks.filter((block) => block.isCounted);
  const leads = blocks.filter((block) => !block.isCounted);
  if (blocks.length === 0)
    return (
      <section class="card">
        <h2>Labels</h2>
        <p class="soft">No step is labelled.</p>
      </section>
    );
  return (
    <section class="card" aria-label="Labels">
      <h2>{counted.length > 0 ? "Labels" : "Found, none of it telling"}</h2>
      {(counted.length > 0 ? counted : leads.slice(0, LEADS_SHOWN)).map((block) => (
        <BlockCard key={block.first.step_id + block.first.detector} block={block} />
      ))}
      {counted.length > 0 && leads.length > 0 && (
        <details class="more">
          <summary>{`Also found, less telling: ${plural(leads.length, "finding")}`}</summary>
          {leads.map((block) => (
            <BlockCard key={block.first.step_id + block.first.detector} block={block} />
          ))}
        </details>
      )}
      {counted.length === 0 && leads.length > LEADS_SHOWN && (
        <details class="more">
          <summary>{plural(leads.length - LEADS_SHOWN, "more finding")}</summary>
          {leads.slice(LEADS_SHOWN).map((block) => (
            <BlockCard key={block.first.step_id + block.first.detector} block={block} />
          ))}
        </details>
      )}
    </section>
  );
}

/** The rules' chain repeats their labels: it is there to unfold. A model's says more. */
function Chain(): JSX.Element | null {
  const { root_cause_chain: chain, critical_decisions: decisions, model } = useReader().facts.data.diagnosis;
  if (chain.length === 0 && decisions.length === 0) return null;
  return (
    <details class="card chain-card" open={model !== null}>
      <summary>
        <h2>How it came about</h2>
      </summary>
      <ol class="chain">
        {chain.map((link, index) => (
          <li key={`${index} ${link}`}>{plainText(link)}</li>
        ))}
      </ol>
      {decisions.length > 0 && <h3>Decisions that mattered</h3>}
      <ul class="decisions">
        {decisions.map(({ step_id, decision }) => (
          <li key={`${step_id} ${decision}`}>
            <StepLink id={step_id} />: {plainText(decision)}
          </li>
        ))}
      </ul>
    </details>
  );
}
