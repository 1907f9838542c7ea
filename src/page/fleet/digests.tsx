import type { JSX } from "preact";
import { countWords } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { NO_FILTER } from "./filter.ts";
import { groupBy } from "./group-by.ts";
import { behaviourWords } from "./words.ts";

const SHOWN = 7;

interface Bar {
  key: string;
  title: string;
  runs: number;
  open(): void;
}

/** What the failed runs failed at first. */
export function StageBars(): JSX.Element {
  const { fleet, go } = useReader();
  const stages = groupBy(fleet.data.runs, (run) => run.failure?.stage ?? null);
  const bars = [...stages]
    .map(([stage, runs]) => ({
      key: stage,
      title: stage === "unknown" ? "cannot be told" : stage,
      runs: runs.length,
      open: () => go({ view: "runs", filter: { ...NO_FILTER, stage } }),
    }))
    .sort((a, b) => b.runs - a.runs);
  return (
    <Digest
      title="What failed runs failed at first"
      bars={bars}
      empty="No run is known to have failed."
      isBad
    />
  );
}

/** The behaviours that most runs show. */
export function BehaviourDigest(): JSX.Element {
  const { fleet, go } = useReader();
  const bars = fleet.behaviours
    .map((behaviour) => ({
      key: behaviour,
      title: behaviourWords(behaviour),
      runs: fleet.showing(behaviour).length,
      open: () => go({ view: "behaviours", behaviour, table: 0 }),
    }))
    .filter(({ runs }) => runs > 0)
    .sort((a, b) => b.runs - a.runs);
  return <Digest title="Behaviours, by runs that show them" bars={bars} empty="No behaviour was found." />;
}

/** The largest clusters of failures. */
export function ClusterDigest(): JSX.Element {
  const { fleet, go } = useReader();
  const bars = (fleet.data.clusters?.clusters ?? []).map((cluster) => ({
    key: `${cluster.cluster_id}`,
    title: plainLine(cluster.name),
    runs: cluster.size,
    open: () => go({ view: "failures", cluster: cluster.cluster_id }),
  }));
  return <Digest title="Failures that are alike" bars={bars} empty="The failures were not grouped." isBad />;
}

function Digest(props: { title: string; bars: readonly Bar[]; empty: string; isBad?: boolean }): JSX.Element {
  const { title, bars, empty, isBad = false } = props;
  const most = Math.max(1, ...bars.map(({ runs }) => runs));
  return (
    <section class="card">
      <h2>{title}</h2>
      {bars.length === 0 && <p class="soft">{empty}</p>}
      <ul class={isBad ? "bars bad" : "bars"}>
        {bars.slice(0, SHOWN).map((bar) => (
          <li key={bar.key}>
            <button type="button" onClick={bar.open}>
              <span class="bar-title">{bar.title}</span>
              <span class="bar-track" aria-hidden="true">
                <span style={{ width: `${(100 * bar.runs) / most}%` }} />
              </span>
              <span class="bar-count">{countWords(bar.runs)}</span>
            </button>
          </li>
        ))}
      </ul>
      {bars.length > SHOWN && <p class="soft">{`and ${bars.length - SHOWN} more`}</p>}
    </section>
  );
}
