import type { JSX } from "preact";
import { plural } from "../shared/format.ts";
import { useReader } from "./context.ts";
import type { PageRun } from "./data.ts";
import { NO_FILTER } from "./filter.ts";
import { OUTCOMES, sumsOf } from "./sums.ts";

const BIN = 10;
const BINS = Array.from({ length: 100 / BIN }, (_, index) => index * BIN);

/** How the scores spread, each column a way to its runs. */
export function ScoreHistogram({ runs }: { runs: readonly PageRun[] }): JSX.Element {
  const { go } = useReader();
  const scored = runs.filter(({ score }) => score !== null);
  const columns = BINS.map((from) => ({ from, runs: scored.filter((run) => binOf(run) === from) }));
  const most = Math.max(1, ...columns.map((column) => column.runs.length));
  const missing = runs.length - scored.length;
  return (
    <section class="card">
      <h2>Scores</h2>
      {scored.length === 0 ? (
        <p class="soft">No run has a score.</p>
      ) : (
        <>
          <div class="histogram">
            {columns.map((column) => (
              <button
                type="button"
                key={column.from}
                disabled={column.runs.length === 0}
                aria-label={`score ${column.from} to ${column.from + BIN}: ${plural(column.runs.length, "run")}`}
                title={`${column.from}–${column.from + BIN}: ${plural(column.runs.length, "run")}`}
                onClick={() =>
                  go({ view: "runs", filter: { ...NO_FILTER, score: [column.from, column.from + BIN] } })
                }
              >
                <Column runs={column.runs} share={column.runs.length / most} />
                <span class="tick">{column.from}</span>
              </button>
            ))}
          </div>
          <p class="soft">
            {`${plural(scored.length, "run")}, best at the right${missing === 0 ? "" : `; ${missing} without a score`}`}
          </p>
        </>
      )}
    </section>
  );
}

function Column({ runs, share }: { runs: readonly PageRun[]; share: number }): JSX.Element {
  const { outcomes } = sumsOf(runs);
  return (
    <span class="column">
      {runs.length > 0 && <span class="column-count">{runs.length}</span>}
      <span class="column-bar" style={{ height: `${Math.round(share * 82)}%` }}>
        {OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map((outcome) => (
          <span key={outcome} class={`o-${outcome}`} style={{ flexGrow: outcomes[outcome] }} />
        ))}
      </span>
    </span>
  );
}

function binOf({ score }: PageRun): number {
  return Math.min(100 - BIN, Math.floor((score?.value ?? 0) / BIN) * BIN);
}
