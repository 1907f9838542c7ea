import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { plainLine } from "../shared/plain-text.ts";
import { useSize } from "../shared/use-size.ts";
import { useReader } from "./context.ts";
import { isRecorded, type Metric, metrics, total } from "./metrics.ts";
import { TimelineDrawing } from "./timeline-drawing.tsx";

/** All steps from left to right, as high as their time, tokens, cost or output. */
export function Timeline(): JSX.Element {
  const { facts, state } = useReader();
  const { steps } = facts.data;
  const all = useMemo(() => metrics(steps), [steps]);
  const [chosen, choose] = useState(() => (all.find(isRecorded) ?? all[0])?.id);
  const metric = all.find((one) => one.id === chosen);
  const [hovered, hover] = useState<number | null>(null);
  if (metric === undefined) return <section class="timeline" />;
  return (
    <section class="timeline" aria-label="Timeline">
      <Scrubber metric={metric} hover={hover} />
      <div class="timeline-foot">
        <fieldset class="segments">
          <legend class="hidden">What the bars show</legend>
          {all.map((one) => (
            <label key={one.id} class={isRecorded(one) ? "" : "off"} title={one.note}>
              <input
                type="radio"
                name="metric"
                checked={one.id === chosen}
                disabled={!isRecorded(one)}
                onChange={() => choose(one.id)}
              />
              <span>{one.title}</span>
            </label>
          ))}
        </fieldset>
        <span class="soft timeline-note">{note(all, metric, hovered ?? state.step_id)}</span>
      </div>
    </section>
  );

  function note(of: readonly Metric[], shown: Metric, id: number | null): string {
    const step = id === null ? null : facts.step(id);
    if (step !== null) {
      const value = shown.values[step.step_id - 1] ?? null;
      return `${step.step_id} ${plainLine(step.name)}: ${value === null ? "not recorded" : shown.words(value)}`;
    }
    const missing = of.filter((one) => !isRecorded(one)).map((one) => one.title.toLowerCase());
    const sum = total(shown);
    const lacks = missing.length === 0 ? "" : ` Not recorded: ${missing.join(", ")}.`;
    return `${shown.note}${sum === null ? "" : `; ${shown.words(sum)} in all`}. Heights grow with the square root.${lacks}`;
  }
}

/** The drawing as a slider over the steps. */
function Scrubber({ metric, hover }: { metric: Metric; hover(id: number | null): void }): JSX.Element {
  const { facts, state, open } = useReader();
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const count = facts.data.steps.length;
  const stepAt = (x: number): number => {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    return Math.min(count, Math.max(1, Math.floor(((x - left) / Math.max(1, width)) * count) + 1));
  };
  const here = state.step_id ?? 1;
  const name = plainLine(facts.step(here)?.name ?? "");
  return (
    <div
      ref={box}
      class="scrubber"
      role="slider"
      tabIndex={0}
      aria-label="Step"
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={here}
      aria-valuetext={`step ${here}: ${name}`}
      onClick={(event) => open(stepAt(event.clientX))}
      onPointerMove={(event) => hover(stepAt(event.clientX))}
      onPointerLeave={() => hover(null)}
      onKeyDown={(event) => {
        const to = sliderMove(event.key, here, count);
        if (to === null) return;
        event.preventDefault();
        open(to);
      }}
    >
      {width > 0 && <TimelineDrawing width={width} metric={metric} />}
    </div>
  );
}

function sliderMove(key: string, here: number, count: number): number | null {
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(count, here + 1);
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(1, here - 1);
  if (key === "PageUp") return Math.min(count, here + 10);
  if (key === "PageDown") return Math.max(1, here - 10);
  return key === "Home" ? 1 : key === "End" ? count : null;
}
