import type { JSX } from "preact";
import { countWords, plural } from "../shared/format.ts";
import { plainText } from "../shared/plain-text.ts";
import { ClusterCard } from "./cluster-card.tsx";
import { useReader } from "./context.ts";
import { StageBars } from "./digests.tsx";
import { NO_FILTER } from "./filter.ts";

const VERDICTS = {
  clear: "The failures fall into clear groups.",
  weak: "The groups are weak: take them as a way to read, not as a finding.",
  none: "The failures fall into no groups.",
};

/** What the failed runs have in common. */
export function Failures(): JSX.Element {
  const { fleet, go } = useReader();
  const { clusters, runs } = fleet.data;
  const failed = runs.filter(({ outcome }) => outcome === "failed").length;
  const loose = clusters?.ungrouped_run_ids.length ?? 0;
  return (
    <div class="stack">
      <section class="card">
        <div class="card-head">
          <h2>{`${plural(failed, "run")} failed`}</h2>
          <button
            type="button"
            onClick={() => go({ view: "runs", filter: { ...NO_FILTER, outcome: "failed" } })}
          >
            All of them
          </button>
        </div>
        {clusters === null ? (
          <p class="soft">They were not grouped.</p>
        ) : (
          <>
            <p>
              <b>{VERDICTS[clusters.verdict]}</b> <span class="soft">{plainText(clusters.note)}</span>
            </p>
            {loose > 0 && (
              <p class="soft">{`${countWords(loose)} of them stand alone and are in no group.`}</p>
            )}
          </>
        )}
      </section>
      {clusters !== null && (
        <div class="clusters">
          {clusters.clusters.map((cluster) => (
            <ClusterCard key={cluster.cluster_id} cluster={cluster} failed={failed} />
          ))}
        </div>
      )}
      <StageBars />
    </div>
  );
}
