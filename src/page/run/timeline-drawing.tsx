import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Stage } from "../../trajectory/index.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { RunFacts } from "./facts.ts";
import type { Metric } from "./metrics.ts";
import { BARS_BOTTOM, bar, HEIGHT, idRanges, LABELS_TOP, STAGE_HEIGHT, tick } from "./timeline-shapes.ts";

const LETTER_PX = 6.2;
/** A name that is cut to fewer says nothing. */
const LEAST_LETTERS = 9;

/** The timeline as a picture: stages, bars, failures, labels, onset and cascade. A handful of paths, however many steps. */
export function TimelineDrawing({ width, metric }: { width: number; metric: Metric }): JSX.Element {
  const { facts, state, shown } = useReader();
  const { steps, stages, diagnosis } = facts.data;
  const step = width / Math.max(1, steps.length);
  const paths = useMemo(() => barPaths(facts, metric, shown, step), [facts, metric, shown, step]);
  const marks = useMemo(() => markPaths(facts, step), [facts, step]);
  const onset = diagnosis.onset_step_id;
  const chosen = state.pane === "overview" ? null : state.step_id;
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {idRanges(diagnosis.cascade_step_ids).map(([from, to]) => (
        <rect
          key={from}
          class="t-cascade"
          x={(from - 1) * step}
          y={STAGE_HEIGHT}
          width={(to - from + 1) * step}
          height={HEIGHT - STAGE_HEIGHT}
        />
      ))}
      {chosen !== null && (
        <rect
          class="t-chosen"
          x={(chosen - 1) * step + step / 2 - Math.max(step, 5) / 2}
          y={0}
          width={Math.max(step, 5)}
          height={HEIGHT}
        />
      )}
      {stages.map((stage, index) => (
        <StageBand key={stage.stage_id} stage={stage} step={step} isOdd={index % 2 === 1} />
      ))}
      {Object.entries(paths).map(([name, path]) => (
        <path key={name} class={`t-${name}`} d={path} />
      ))}
      <line class="t-base" x1={0} x2={width} y1={BARS_BOTTOM + 0.5} y2={BARS_BOTTOM + 0.5} />
      {Object.entries(marks).map(([name, path]) => (
        <path key={name} class={`t-${name}`} d={path} />
      ))}
      {onset !== null && (
        <path
          class="t-onset"
          d={`M${(onset - 0.5) * step} ${STAGE_HEIGHT + 2}v${HEIGHT - STAGE_HEIGHT - 2}m0 ${-(HEIGHT - STAGE_HEIGHT - 2)}l8 4l-8 4z`}
        />
      )}
    </svg>
  );
}

function StageBand({ stage, step, isOdd }: { stage: Stage; step: number; isOdd: boolean }): JSX.Element {
  const x = (stage.start_step_id - 1) * step;
  const width = (stage.end_step_id - stage.start_step_id + 1) * step;
  const letters = Math.floor((width - 8) / LETTER_PX);
  const name = plainLine(stage.stage);
  return (
    <g>
      <rect class={isOdd ? "t-stage odd" : "t-stage"} x={x} y={0} width={width} height={STAGE_HEIGHT} />
      {(letters >= name.length || letters >= LEAST_LETTERS) && (
        <text class="t-name" x={x + 4} y={STAGE_HEIGHT - 4}>
          {name.length > letters ? `${name.slice(0, letters - 1)}…` : name}
        </text>
      )}
    </g>
  );
}

function barPaths(
  facts: RunFacts,
  metric: Metric,
  shown: readonly number[],
  step: number,
): Record<string, string> {
  const most = Math.max(0, ...chunksMax(metric.values));
  const visible = new Set(shown);
  const paths = { "explore faded": "", "change faded": "", explore: "", change: "", none: "" };
  for (const one of facts.data.steps) {
    const value = metric.values[one.step_id - 1] ?? null;
    const faded = visible.has(one.step_id) ? "" : (" faded" as const);
    if (value === null) paths.none += bar(one.step_id, step, null, most);
    else paths[`${one.kind}${faded}`] += bar(one.step_id, step, value, most);
  }
  return paths;
}

/** The largest value, without handing thousands of arguments to one call. */
function chunksMax(values: readonly (number | null)[]): number[] {
  return [values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)];
}

function markPaths(facts: RunFacts, step: number): Record<string, string> {
  const paths = { failed: "", unuseful: "", incorrect: "" };
  for (const { step_id, failed } of facts.data.steps) {
    if (failed) paths.failed += tick(step_id, step, BARS_BOTTOM + 3, 4);
    for (const { label } of facts.labels(step_id)) paths[label] += tick(step_id, step, LABELS_TOP, 7);
  }
  return paths;
}
