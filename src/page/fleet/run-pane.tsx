import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { plural } from "../shared/format.ts";
import { plainLine, plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { PageRun } from "./data.ts";
import { Excerpts } from "./excerpts.tsx";
import { OutcomeChip } from "./outcome.tsx";
import { Flags, Labels, Penalties } from "./run-cards.tsx";
import { RunFactsList } from "./run-facts.tsx";
import { RunLine } from "./run-line.tsx";
import { Strip } from "./strip.tsx";
import { StripLegend } from "./strip-legend.tsx";
import { runTitle } from "./words.ts";

const SIBLINGS = 12;

/** One run beside the part of the page that led to it. */
export function RunPane({ run }: { run: PageRun }): JSX.Element {
  const pane = useRef<HTMLElement>(null);
  // Read from its start, and by a reader that goes by focus.
  useEffect(() => pane.current?.focus({ preventScroll: true }), []);
  const { detail, failure } = run;
  return (
    <aside class="run-pane" ref={pane} tabIndex={-1} aria-label="The run">
      <PaneHead run={run} />
      <div class="chips">
        <OutcomeChip outcome={run.outcome} />
        {failure && <span class="chip bad">{`failed at: ${failure.stage}`}</span>}
        <ClusterChip run={run} />
        {!run.fidelity_passed && <span class="chip warn">not read whole</span>}
      </div>
      {detail && <p class="summary">{plainText(detail.summary)}</p>}
      {detail && detail.strip.length > 0 && (
        <section class="card">
          <h3>{plural(run.step_count, "step")}</h3>
          <Strip run={run} detail={detail} />
          <details class="more">
            <summary>What the cells mean</summary>
            <StripLegend />
          </details>
        </section>
      )}
      {detail === null && <p class="card soft">Its steps are left out of this page.</p>}
      {detail && <Excerpts run={run} detail={detail} />}
      {detail && <Labels labels={detail.labels} onset={run.onset_step_id} />}
      {detail?.strategy && (
        <section class="card next">
          <h3>What the next run should do</h3>
          <p>{plainText(detail.strategy)}</p>
        </section>
      )}
      <Penalties run={run} />
      <Flags run={run} />
      {failure && (
        <section class="card">
          <h3>{`Why it counts as ${failure.stage === "unknown" ? "of unknown kind" : failure.stage}`}</h3>
          <p>{plainText(failure.reason)}</p>
          <p class="soft pre-line">{plainText(failure.summary)}</p>
        </section>
      )}
      <RunFactsList run={run} />
      <Siblings run={run} />
    </aside>
  );
}

function PaneHead({ run }: { run: PageRun }): JSX.Element {
  const { state, listed, go } = useReader();
  const at = listed.findIndex(({ run_id }) => run_id === state.run_id);
  const [previous, next] = [at > 0 ? listed[at - 1] : undefined, at < 0 ? undefined : listed[at + 1]];
  return (
    <div class="pane-head">
      <div class="pane-nav">
        <button type="button" onClick={() => go({ run_id: null })}>
          <span aria-hidden="true">✕</span> Close
        </button>
        <span class="soft">{at >= 0 && `${at + 1} of ${listed.length}`}</span>
        <button
          type="button"
          class="icon"
          aria-label="Previous run"
          disabled={!previous}
          onClick={() => previous && go({ run_id: previous.run_id })}
        >
          ↑
        </button>
        <button
          type="button"
          class="icon"
          aria-label="Next run"
          disabled={!next}
          onClick={() => next && go({ run_id: next.run_id })}
        >
          ↓
        </button>
      </div>
      <h2>{runTitle(run)}</h2>
      <p class="soft small place">{plainLine(run.run_id)}</p>
    </div>
  );
}

function ClusterChip({ run }: { run: PageRun }): JSX.Element | null {
  const { fleet, go } = useReader();
  const cluster = fleet.clusterOf(run.run_id);
  if (cluster === null) return null;
  return (
    <button
      type="button"
      class="chip link"
      onClick={() => go({ view: "failures", cluster: cluster.cluster_id, run_id: run.run_id })}
    >
      {`like ${plural(cluster.size - 1, "other")}: ${plainLine(cluster.name)}`}
    </button>
  );
}

function Siblings({ run }: { run: PageRun }): JSX.Element | null {
  const siblings = useReader().fleet.siblings(run);
  if (siblings.length === 0) return null;
  return (
    <section class="card">
      <h3>{`${plural(siblings.length, "other run")} of this task`}</h3>
      <ul class="run-list">
        {siblings.slice(0, SIBLINGS).map((one) => (
          <li key={one.run_id}>
            <RunLine run={one} />
          </li>
        ))}
      </ul>
      {siblings.length > SIBLINGS && <p class="soft">{`and ${siblings.length - SIBLINGS} more`}</p>}
    </section>
  );
}
