import type { Stage } from "../../trajectory/index.ts";
import type { PageStep } from "./data.ts";

/** One line of the trace tree on the page. */
export type Row =
  | { kind: "stage"; stage: Stage; shown: number; isOpen: boolean }
  | {
      kind: "step";
      step: PageStep;
      stage_id: number;
      /** 0 below its stage; 1 = an exploration below the change whose state it explores. */
      depth: 0 | 1;
    };

/** The tree's lines: stages, and the steps of open ones that the filter lets through. */
export function treeRows(
  stages: readonly Stage[],
  steps: readonly PageStep[],
  shown: ReadonlySet<number>,
  collapsed: ReadonlySet<number>,
): Row[] {
  return stages.flatMap((stage): Row[] => {
    const inside = steps.slice(stage.start_step_id - 1, stage.end_step_id);
    const visible = inside.filter((step) => shown.has(step.step_id));
    if (visible.length === 0) return [];
    const isOpen = !collapsed.has(stage.stage_id);
    const head: Row = { kind: "stage", stage, shown: visible.length, isOpen };
    return isOpen ? [head, ...stepRows(stage, inside, shown)] : [head];
  });
}

function stepRows(stage: Stage, inside: readonly PageStep[], shown: ReadonlySet<number>): Row[] {
  const rows: Row[] = [];
  let hasState = false;
  for (const step of inside) {
    if (step.kind === "change") hasState = true;
    if (!shown.has(step.step_id)) continue;
    const depth = step.kind === "explore" && hasState ? 1 : 0;
    rows.push({ kind: "step", step, stage_id: stage.stage_id, depth });
  }
  return rows;
}

/** The row of a step, or of its closed stage; -1 where neither is shown. */
export function rowOf(rows: readonly Row[], stepId: number): number {
  return rows.findIndex((row) =>
    row.kind === "step"
      ? row.step.step_id === stepId
      : !row.isOpen && stepId >= row.stage.start_step_id && stepId <= row.stage.end_step_id,
  );
}
