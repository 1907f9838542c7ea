import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { countWords, dollarWords, plural, shortCount } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { BehaviourDigest, ClusterDigest, StageBars } from "./digests.tsx";
import { NO_FILTER } from "./filter.ts";
import { GroupTable } from "./group-table.tsx";
import { ScoreHistogram } from "./histogram.tsx";
import { OutcomeBar, OutcomeLegend } from "./outcome.tsx";
import { percent, type Sums, sumsOf } from "./sums.ts";
import { Unread } from "./unread.tsx";

/** The fleet at a glance. */
export function Overview(): JSX.Element {
  const { fleet, go } = useReader();
  const { data } = fleet;
  const sums = useMemo(() => sumsOf(data.runs), [data]);
  const known = sums.outcomes.solved + sums.outcomes.failed;
  return (
    <div class="stack">
      <section class="card hero">
        <p class="headline">
          <b>{plural(data.run_count, "run")}</b>
          {known > 0 && (
            <>
              , <b>{percent(sums.outcomes.solved, known)}</b>
              {` solved of the ${countWords(known)} whose outcome is known`}
            </>
          )}
        </p>
        <OutcomeBar outcomes={sums.outcomes} />
        <OutcomeLegend
          outcomes={sums.outcomes}
          choose={(outcome) => go({ view: "runs", filter: { ...NO_FILTER, outcome } })}
        />
        <p class="soft">{`Diagnosed by ${plainLine(data.diagnosed_by)}.`}</p>
      </section>
      <Tiles sums={sums} />
      <Unread />
      <div class="pair">
        <ScoreHistogram runs={data.runs} />
        <StageBars />
        <BehaviourDigest />
        <ClusterDigest />
      </div>
      <GroupTable />
    </div>
  );
}

function Tiles({ sums }: { sums: Sums }): JSX.Element {
  const { cost, tokens } = sums;
  const of = (runs: number) =>
    runs === sums.runs ? "all runs record it" : `recorded by ${plural(runs, "run")}`;
  return (
    <dl class="tiles">
      <Tile name="Steps" value={countWords(sums.steps)} note={`median ${sums.medianSteps ?? "–"} a run`} />
      <Tile
        name="Failed steps"
        value={percent(sums.failedSteps, sums.steps)}
        note={countWords(sums.failedSteps)}
      />
      <Tile
        name="Tasks"
        value={sums.tasks === 0 ? "–" : countWords(sums.tasks)}
        note="told apart by their text"
      />
      <Tile
        name="Score"
        value={sums.medianScore === null ? "–" : `${Math.round(sums.medianScore)}`}
        note="median, of 100"
      />
      <Tile
        name="Tokens"
        value={tokens.runs === 0 ? "–" : shortCount(tokens.count)}
        note={tokens.runs === 0 ? "not recorded" : of(tokens.runs)}
      />
      <Tile
        name="Cost"
        value={cost.runs === 0 ? "–" : dollarWords(cost.dollars)}
        note={cost.runs === 0 ? "not recorded" : of(cost.runs)}
      />
    </dl>
  );
}

function Tile({ name, value, note }: { name: string; value: string; note: string }): JSX.Element {
  return (
    <div class="card tile">
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <span class="soft">{note}</span>
      </dd>
    </div>
  );
}
