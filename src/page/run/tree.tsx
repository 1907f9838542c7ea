import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useMedia } from "../shared/use-media.ts";
import { useSize } from "../shared/use-size.ts";
import { useReader } from "./context.ts";
import { type Row, rowOf } from "./rows.ts";
import { treeMove } from "./tree-keys.ts";
import { TreeRow } from "./tree-row.tsx";

/** Rows above and below the window that are drawn as well, so that scrolling shows no gaps. */
const OVERSCAN = 12;

/** The trace tree. Only the rows in sight are in the document, however long the run. */
export function Tree({ rows }: { rows: readonly Row[] }): JSX.Element {
  const { state, act, open } = useReader();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const { height } = useSize(box);
  const rowHeight = useMedia("(pointer: coarse), (max-width: 800px)") ? 44 : 30;
  const [cursor, setCursor] = useState(0);
  const chosen = state.step_id === null ? -1 : rowOf(rows, state.step_id);

  useEffect(() => {
    if (chosen >= 0) setCursor(chosen);
  }, [chosen]);
  useEffect(() => {
    const element = box.current;
    if (element === null || element.clientHeight === 0) return;
    const above = cursor * rowHeight;
    if (above < element.scrollTop) element.scrollTop = Math.max(0, above - rowHeight * 2);
    else if (above + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = above - element.clientHeight + rowHeight * 3;
  }, [cursor, rowHeight, height]);

  const first = Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + OVERSCAN);
  const toggle = (stage_id: number) => act({ do: "toggle-stage", stage_id });
  const onClick = ({ target }: MouseEvent) => {
    const index =
      target instanceof Element ? target.closest<HTMLElement>("[data-row]")?.dataset.row : undefined;
    if (index === undefined) return;
    // The tree holds the focus: a row leaves the document when it leaves the sight.
    box.current?.focus({ preventScroll: true });
    const row = rows[Number(index)];
    setCursor(Number(index));
    if (row?.kind === "stage") toggle(row.stage.stage_id);
    else if (row) open(row.step.step_id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = treeMove(event.key, rows, cursor);
    if (move === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (move.toggle !== undefined) toggle(move.toggle);
    if (move.to === undefined) return;
    setCursor(move.to);
    const row = rows[move.to];
    if (row?.kind === "step") open(row.step.step_id);
  };
  return (
    <div
      ref={box}
      class="tree"
      role="tree"
      aria-label="Stages and steps"
      tabIndex={0}
      aria-activedescendant={`row-${cursor}`}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <div class="tree-rows" role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
        {rows.slice(first, last).map((row, index) => (
          <TreeRow
            key={row.kind === "stage" ? `stage ${row.stage.stage_id}` : row.step.step_id}
            row={row}
            index={first + index}
            top={(first + index) * rowHeight}
            height={rowHeight}
            isChosen={first + index === chosen && state.pane !== "overview"}
            isCursor={first + index === cursor}
          />
        ))}
      </div>
    </div>
  );
}
