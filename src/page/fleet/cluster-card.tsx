import type { JSX } from "preact";
import { plural } from "../shared/format.ts";
import { plainLine, plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { PageCluster, PageCount, PageRun } from "./data.ts";
import { membersOf } from "./listed.ts";
import { Paged } from "./paged.tsx";
import { RunLine } from "./run-line.tsx";
import { percent } from "./sums.ts";

const TERMS = 8;
const COUNTS = 4;

/** Failures that are alike: what they are called, what tells them from the others, and who is in them. */
export function ClusterCard({ cluster, failed }: { cluster: PageCluster; failed: number }): JSX.Element {
  const { fleet, state, go } = useReader();
  const isOpen = state.cluster === cluster.cluster_id;
  const members = membersOf(fleet, cluster.cluster_id);
  const missing = cluster.size - members.length;
  return (
    <section class={isOpen ? "card cluster open" : "card cluster"}>
      <div class="card-head">
        <h2>{plainLine(cluster.name)}</h2>
        <span class="cluster-size" title={`${percent(cluster.size, failed)} of the failed runs`}>
          {cluster.size}
        </span>
      </div>
      <p class="terms">
        {cluster.terms.slice(0, TERMS).map((term) => (
          <span key={term} class="chip">
            {plainLine(term)}
          </span>
        ))}
      </p>
      <dl class="counts">
        <Counts name="failed at" counts={cluster.stages} />
        <Counts name="agents" counts={cluster.agents} />
        <Counts name="models" counts={cluster.models} />
      </dl>
      <OverTime cluster={cluster} />
      <p class="soft small">
        {`named by ${plainLine(cluster.named_by)}`}
        {cluster.silhouette !== null && `; silhouette ${cluster.silhouette.toFixed(2)}`}
      </p>
      {!isOpen && members[0] && <Member run={members[0]} />}
      {isOpen && (
        <Paged items={members} keyOf={({ run_id }) => run_id}>
          {(run) => <Member run={run} isTypical={cluster.exemplar_run_ids.includes(run.run_id)} />}
        </Paged>
      )}
      {isOpen && missing > 0 && (
        <p class="soft">{`${plural(missing, "member")} are left out of this page.`}</p>
      )}
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => go({ cluster: isOpen ? null : cluster.cluster_id, run_id: null })}
      >
        {isOpen ? "Close" : `Show all ${plural(members.length, "run")}`}
      </button>
    </section>
  );
}

function Member({ run, isTypical = false }: { run: PageRun; isTypical?: boolean }): JSX.Element {
  return (
    <RunLine run={run}>
      {isTypical && <span class="tag">typical</span>}
      {run.failure && <p class="clamp">{plainText(run.failure.summary)}</p>}
    </RunLine>
  );
}

function Counts({ name, counts }: { name: string; counts: readonly PageCount[] }): JSX.Element | null {
  if (counts.length === 0) return null;
  const rest = counts.slice(COUNTS).reduce((sum, { runs }) => sum + runs, 0);
  const words = counts
    .slice(0, COUNTS)
    .map(({ value, runs }) => `${value === null ? "not recorded" : plainLine(value)} ${runs}`);
  return (
    <div>
      <dt>{name}</dt>
      <dd>{[...words, ...(rest === 0 ? [] : [`others ${rest}`])].join(" · ")}</dd>
    </div>
  );
}

function OverTime({ cluster }: { cluster: PageCluster }): JSX.Element | null {
  const { over_time, undated_runs } = cluster;
  if (over_time.length < 2 || undated_runs === cluster.size) return null;
  const most = Math.max(1, ...over_time.map(({ runs }) => runs));
  const [first, last] = [over_time[0], over_time.at(-1)];
  const span = `${first?.from.slice(0, 10) ?? ""} to ${last?.from.slice(0, 10) ?? ""}`;
  const words = `began ${span}${undated_runs === 0 ? "" : `; ${undated_runs} without a date`}`;
  return (
    <div class="over-time">
      <div
        class="sparks"
        role="img"
        aria-label={`size over time: ${over_time.map(({ runs }) => runs).join(", ")}`}
      >
        {over_time.map(({ from, runs }) => (
          <span
            key={from}
            class="spark"
            title={`${from.slice(0, 10)}: ${plural(runs, "run")}`}
            style={{ height: `${(100 * runs) / most}%` }}
          />
        ))}
      </div>
      <span class="soft small">{words}</span>
    </div>
  );
}
