import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { countWords, dollarWords } from "../shared/format.ts";
import { useReader } from "./context.ts";
import type { PageRun } from "./data.ts";
import { OutcomeChip } from "./outcome.tsx";
import { stripPaths } from "./strip-shapes.ts";
import { agentTitle, behaviourWords, runTitle, shortId } from "./words.ts";

const STRIP_WIDTH = 150;
const STRIP_HEIGHT = 8;
const FLAGS = 2;

/** One run in the table: it opens beside. `index` is its place in the list, from 0. */
export function RunRow({ run, index }: { run: PageRun; index: number }): JSX.Element {
  const { state, go } = useReader();
  const isChosen = state.run_id === run.run_id;
  const { flags, score } = run;
  return (
    <tr class={isChosen ? "run-row chosen" : "run-row"} aria-rowindex={index + 2}>
      <td class="outcome">
        <OutcomeChip outcome={run.outcome} />
      </td>
      <td class="run">
        <button
          type="button"
          class="quiet name"
          aria-pressed={isChosen}
          onClick={() => go({ run_id: run.run_id })}
        >
          {runTitle(run)}
        </button>
        <span class="run-under">
          <MiniStrip run={run} />
          <span class="soft">{run.task === null ? "" : shortId(run.run_id)}</span>
        </span>
      </td>
      <td class="agent">{agentTitle(run)}</td>
      <td class="steps num">{countWords(run.step_count)}</td>
      <td class="failed num">{countWords(run.failed_step_count)}</td>
      <td class="score-cell num">{score === null ? "–" : Math.round(score.value)}</td>
      <td class="shows soft">
        {flags.length > 0 && `${flags.length}: `}
        {flags
          .slice(0, FLAGS)
          .map(({ behaviour }) => behaviourWords(behaviour))
          .join(", ")}
        {flags.length > FLAGS && "…"}
      </td>
      <td class="cost num">{run.cost_usd === null ? "–" : dollarWords(run.cost_usd)}</td>
    </tr>
  );
}

/** The whole run in one line: where it changed, failed and went wrong. */
function MiniStrip({ run }: { run: PageRun }): JSX.Element | null {
  const strip = run.detail?.strip ?? "";
  const paths = useMemo(
    () => stripPaths(strip, { cell: STRIP_HEIGHT, columns: Math.max(1, strip.length), width: 0, height: 0 }),
    [strip],
  );
  if (strip === "") return null;
  return (
    <svg
      class="mini"
      width={Math.min(STRIP_WIDTH, strip.length * STRIP_HEIGHT)}
      height={STRIP_HEIGHT}
      viewBox={`0 0 ${strip.length * STRIP_HEIGHT} ${STRIP_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {(["explore", "change", "unuseful", "incorrect"] as const).map((name) => (
        <path key={name} class={`s-${name}`} d={paths[name]} />
      ))}
    </svg>
  );
}
