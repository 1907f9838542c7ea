import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useReader } from "./context.ts";
import { Filters } from "./filters.tsx";
import { treeRows } from "./rows.ts";
import { Tree } from "./tree.tsx";

/** The trace tree with what narrows it. */
export function StepsPane(): JSX.Element {
  const { facts, state, shown } = useReader();
  const { steps, stages, extraction } = facts.data;
  const rows = useMemo(
    () => treeRows(stages, steps, new Set(shown), state.collapsed),
    [stages, steps, shown, state.collapsed],
  );
  return (
    <section class="steps" aria-label="Trace tree">
      {steps.length === 0 ? (
        <p class="empty">{`No steps: ${extraction.empty_reason ?? "the reason is not recorded"}`}</p>
      ) : (
        <>
          <Filters />
          {rows.length === 0 ? <p class="empty">No step is like that.</p> : <Tree rows={rows} />}
        </>
      )}
    </section>
  );
}
