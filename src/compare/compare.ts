import type { IndexedStep } from "../trajectory/index.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { alignSteps } from "./align.ts";
import { knowledgeOf } from "./knowledge.ts";
import { jaccard, wordsOf } from "./similarity.ts";
import type { AlignedRow, Comparison, Divergence, Ending } from "./types.ts";

/** Compares two diagnosed runs, meant to be of one task. Pure. */
export function compareRuns(a: TracedWorkspace, b: TracedWorkspace): Comparison {
  const rows = alignSteps(a.steps, b.steps);
  const [changedByA, changedByB] = [pathsChanged(a.steps), pathsChanged(b.steps)];
  const stepCount = a.steps.length + b.steps.length;
  return {
    run_a: a.extraction.run,
    run_b: b.extraction.run,
    task_similarity: a.task === null || b.task === null ? null : jaccard(wordsOf(a.task), wordsOf(b.task)),
    rows,
    same_share: stepCount === 0 ? 0 : (2 * rows.filter((row) => row.relation === "same").length) / stepCount,
    divergence: findDivergence(rows, a.steps, b.steps),
    first_difference: rows.find((row) => row.relation !== "same") ?? null,
    end_a: endingOf(a, changedByB),
    end_b: endingOf(b, changedByA),
    changed_by_both: [...changedByA].filter((path) => changedByB.has(path)),
  };
}

/** The first state-changing step that one run has and the other has not just so, and what either knew before it. */
function findDivergence(
  rows: readonly AlignedRow[],
  a: readonly IndexedStep[],
  b: readonly IndexedStep[],
): Divergence | null {
  const isChange = ({ a_step_id, b_step_id }: AlignedRow): boolean =>
    stepOf(a, a_step_id)?.kind === "change" || stepOf(b, b_step_id)?.kind === "change";
  const at = rows.findIndex((row) => row.relation !== "same" && isChange(row));
  if (at < 0) return null;
  const rest = rows.slice(at).filter((row) => row.relation !== "same");
  const nextChange = (steps: readonly IndexedStep[], key: "a_step_id" | "b_step_id"): number | null =>
    rest.find((row) => stepOf(steps, row[key])?.kind === "change")?.[key] ?? null;
  const [aId, bId] = [nextChange(a, "a_step_id"), nextChange(b, "b_step_id")];
  const [beforeA, beforeB] = [before(a, aId), before(b, bId)];
  return {
    last_same: lastSame(rows.slice(0, at)),
    a: { step_id: aId, knew: knowledgeOf(beforeA, beforeB) },
    b: { step_id: bId, knew: knowledgeOf(beforeB, beforeA) },
  };
}

function lastSame(rows: readonly AlignedRow[]): Divergence["last_same"] {
  const row = rows.findLast((one) => one.relation === "same");
  return row?.a_step_id && row.b_step_id ? { a_step_id: row.a_step_id, b_step_id: row.b_step_id } : null;
}

/** Everything, where a run makes no further change. */
function before(steps: readonly IndexedStep[], stepId: number | null): readonly IndexedStep[] {
  return stepId === null ? steps : steps.slice(0, stepId - 1);
}

function endingOf({ extraction, steps, diagnosis }: TracedWorkspace, changedByOther: Set<string>): Ending {
  return {
    outcome: extraction.outcome,
    step_count: steps.length,
    verdict: diagnosis.verdict,
    onset_step_id: diagnosis.onset_step_id,
    last_change_step_id: steps.findLast((step) => step.kind === "change")?.step_id ?? null,
    changed_alone: [...pathsChanged(steps)].filter((path) => !changedByOther.has(path)),
  };
}

function pathsChanged(steps: readonly IndexedStep[]): Set<string> {
  return new Set(
    steps.flatMap(({ touches, failed }) =>
      failed ? [] : [...(touches.writes ?? []), ...(touches.deletes ?? [])],
    ),
  );
}

function stepOf(steps: readonly IndexedStep[], stepId: number | null): IndexedStep | undefined {
  return stepId === null ? undefined : steps[stepId - 1];
}
