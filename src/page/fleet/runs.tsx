import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useMedia } from "../shared/use-media.ts";
import { useSize } from "../shared/use-size.ts";
import { useReader } from "./context.ts";
import { Filters } from "./filters.tsx";
import { RunRow } from "./run-row.tsx";
import { SortHead } from "./sort-head.tsx";

/** Rows above and below the window that are drawn as well, so that scrolling shows no gaps. */
const OVERSCAN = 10;
/** As page.css has them. */
const ROW_PX = 52;
const NARROW_ROW_PX = 84;

/** All runs, and what narrows them down. */
export function Runs(): JSX.Element {
  return (
    <div class="runs">
      <Filters />
      <RunTable />
    </div>
  );
}

/** Only the rows in sight are in the document, however many there are. */
function RunTable(): JSX.Element {
  const { state, listed } = useReader();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const { height } = useSize(box);
  const isPrinting = useMedia("print");
  const rowHeight = useMedia("(max-width: 800px)") ? NARROW_ROW_PX : ROW_PX;
  const chosen = listed.findIndex(({ run_id }) => run_id === state.run_id);
  useEffect(() => {
    const element = box.current;
    if (element === null || chosen < 0 || element.clientHeight === 0) return;
    const above = chosen * rowHeight;
    const isAbove = above < element.scrollTop;
    // The head stays at the top and takes a row's height of what is in sight.
    if (isAbove || above + 2 * rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = above - element.clientHeight / 2;
  }, [chosen, rowHeight, height]);
  useEffect(() => {
    if (box.current && chosen < 0) box.current.scrollTop = 0;
  }, [state.filter, state.sort]);
  const first = isPrinting ? 0 : Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
  const inSight = Math.ceil((top + height) / rowHeight) + OVERSCAN;
  const last = isPrinting ? listed.length : Math.min(listed.length, inSight);
  return (
    <div class="run-rows" ref={box} onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}>
      <table class="run-table" aria-label="Runs" aria-rowcount={listed.length + 1}>
        <SortHead />
        <tbody>
          <Gap height={first * rowHeight} />
          {listed.slice(first, last).map((run, index) => (
            <RunRow key={run.run_id} run={run} index={first + index} />
          ))}
          <Gap height={(listed.length - last) * rowHeight} />
        </tbody>
      </table>
      {listed.length === 0 && <p class="empty">No run is let through.</p>}
    </div>
  );
}

/** Stands for the rows that are out of sight. It spans no columns: those that are too many to show would come back. */
function Gap({ height }: { height: number }): JSX.Element | null {
  if (height <= 0) return null;
  return (
    <tr class="row-gap">
      <td style={{ height: `${height}px` }} />
    </tr>
  );
}
