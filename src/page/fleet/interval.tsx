import type { JSX } from "preact";
import { type Axis, placeOn, ratioWords } from "./forest.ts";

const WIDTH = 220;
const HEIGHT = 22;
const EDGE = 10;

function xOn(axis: Axis, ratio: number): number {
  return EDGE + placeOn(axis, ratio) * (WIDTH - 2 * EDGE);
}

/** The numbers above the intervals. */
export function ForestAxis({ axis }: { axis: Axis }): JSX.Element {
  const every = axis.ticks.length > 7 ? 2 : 1;
  const middle = (axis.ticks.length - 1) / 2;
  return (
    <svg class="forest-axis" width={WIDTH} height={16} aria-hidden="true">
      {axis.ticks
        .filter((_, index) => (index - middle) % every === 0)
        .map((tick) => (
          <text key={tick} x={xOn(axis, tick)} y={12} text-anchor="middle">
            {tick < 1 ? `1/${1 / tick}` : tick}
          </text>
        ))}
    </svg>
  );
}

/** A ratio with its interval, drawn on the axis. An end that lies beyond is drawn as an arrow. */
export function Interval(props: {
  axis: Axis;
  ratio: number;
  interval: { low: number; high: number } | null;
  isClear: boolean;
}): JSX.Element {
  const { axis, ratio, interval, isClear } = props;
  const tone = !isClear ? "unsure" : ratio > 1 ? "worse" : "better";
  const words = interval
    ? `${ratioWords(ratio)}, 95 % interval ${ratioWords(interval.low)} to ${ratioWords(interval.high)}`
    : ratioWords(ratio);
  const middle = HEIGHT / 2;
  return (
    <svg class={`interval ${tone}`} width={WIDTH} height={HEIGHT} role="img" aria-label={words}>
      <title>{words}</title>
      {axis.ticks.map((tick) => (
        <line
          key={tick}
          class={tick === 1 ? "one" : "grid"}
          x1={xOn(axis, tick)}
          x2={xOn(axis, tick)}
          y1={0}
          y2={HEIGHT}
        />
      ))}
      {interval && (
        <>
          <line
            class="whisker"
            x1={xOn(axis, interval.low)}
            x2={xOn(axis, interval.high)}
            y1={middle}
            y2={middle}
          />
          {interval.low < axis.low && <path class="arrow" d={`M${EDGE - 6} ${middle}l7 -4v8z`} />}
          {interval.high > axis.high && <path class="arrow" d={`M${WIDTH - EDGE + 6} ${middle}l-7 -4v8z`} />}
        </>
      )}
      <circle class="dot" cx={xOn(axis, ratio)} cy={middle} r={4.5} />
    </svg>
  );
}
