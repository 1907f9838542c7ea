import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { plainLine } from "../shared/plain-text.ts";
import { useSize } from "../shared/use-size.ts";
import { useReader } from "./context.ts";
import type { PageRun, PageRunDetail } from "./data.ts";
import { decodeStrip } from "./strip-codes.ts";
import { cellAt, layoutOf, stepAt, stripPaths } from "./strip-shapes.ts";

/** Every step of a run as a cell: what it is, and, where one points or moves with the arrow keys, what it does. */
export function Strip({ run, detail }: { run: PageRun; detail: PageRunDetail }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const count = detail.strip.length;
  const layout = useMemo(() => layoutOf(count, Math.max(120, width)), [count, width]);
  const [at, setAt] = useState<number | null>(null);
  const start = run.onset_step_id === null ? 0 : Math.min(count - 1, run.onset_step_id - 1);
  const told = useStepWords(run, detail);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = movedTo(event.key, at ?? start, layout.columns, count);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setAt(to);
  };
  const shown = at ?? (run.onset_step_id === null ? null : start);
  return (
    <div class="strip-box">
      <div
        ref={box}
        class="strip"
        role="slider"
        tabIndex={0}
        aria-label="Steps"
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={(shown ?? 0) + 1}
        aria-valuetext={told(shown ?? 0)}
        onKeyDown={onKeyDown}
        onFocus={() => setAt(at ?? start)}
        onPointerMove={(event) => setAt(pointed(event, layout, count) ?? at)}
        onPointerDown={(event) => setAt(pointed(event, layout, count) ?? at)}
      >
        <StripDrawing run={run} detail={detail} width={Math.max(120, width)} at={at} />
      </div>
      <p class="strip-told">
        {shown === null ? "Point at a step, or move with the arrow keys." : told(shown)}
      </p>
    </div>
  );
}

function StripDrawing(props: {
  run: PageRun;
  detail: PageRunDetail;
  width: number;
  at: number | null;
}): JSX.Element {
  const { run, detail, width, at } = props;
  const { strip } = detail;
  const layout = useMemo(() => layoutOf(strip.length, width), [strip, width]);
  const paths = useMemo(() => stripPaths(strip, layout), [strip, layout]);
  const onset = run.onset_step_id === null ? null : cellAt(run.onset_step_id - 1, layout);
  const pointer = at === null ? null : cellAt(at, layout);
  const size = layout.cell - 1;
  return (
    <svg width={layout.width} height={layout.height + 2} aria-hidden="true">
      {Object.entries(paths).map(([name, path]) => (
        <path key={name} class={`s-${name}`} d={path} />
      ))}
      {onset && <rect class="s-onset" x={onset[0]} y={onset[1]} width={size} height={size} />}
      {pointer && <rect class="s-pointer" x={pointer[0]} y={pointer[1]} width={size} height={size} />}
    </svg>
  );
}

/** Tells a step, by its place from 0. */
function useStepWords(run: PageRun, detail: PageRunDetail): (index: number) => string {
  const { names } = useReader().fleet.data;
  const steps = useMemo(() => decodeStrip(detail.strip), [detail]);
  return (index) => {
    const step = steps[index];
    if (!step) return "";
    const name = names[detail.name_ids?.[index] ?? -1];
    return [
      `Step ${index + 1}`,
      name === undefined ? (step.isChange ? "changes state" : "explores") : plainLine(name),
      step.isFailed ? "failed" : "",
      step.isRepeat ? "repeats an earlier step" : "",
      step.isIncorrect ? "incorrect" : "",
      step.isUnuseful ? "unuseful" : "",
      index + 1 === run.onset_step_id ? "the failure begins here" : "",
      step.isCascade ? "follows from the onset" : "",
    ]
      .filter((part) => part !== "")
      .join(" · ");
  };
}

function pointed(event: PointerEvent, layout: ReturnType<typeof layoutOf>, count: number): number | null {
  const box = event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : null;
  return box === null ? null : stepAt(event.clientX - box.left, event.clientY - box.top, layout, count);
}

function movedTo(key: string, at: number, columns: number, count: number): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}
