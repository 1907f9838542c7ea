import type { IndexedStep, Label } from "../../../trajectory/index.ts";
import { changed } from "../../behaviours/trace-face.ts";
import { Conversation, said, type TaskedRun } from "./conversation.ts";
import type { DpoRow } from "./rows.ts";

/** One of the two runs. */
export interface PairedRun {
  run: TaskedRun;
  run_id: string;
  labels: readonly Label[];
}

/** A row of two runs laid side by side, the chosen one as A; null = that run has no such step there. */
export interface SideBySide {
  relation: "same" | "alike" | "only_a" | "only_b";
  a_step_id: number | null;
  b_step_id: number | null;
}

/**
 * What two runs of one task did where they part, `chosen` being the better one: of each the first change that the other did not make, nor one
 * alike. The prompt holds the task and the steps before that both did, or did alike, as the chosen one saw them; both counts of steps
 * left out 0 = they were in the same place. null where one of them made no such change, or the texts are the same.
 */
export function dpoRow(
  chosen: PairedRun,
  rejected: PairedRun,
  rows: readonly SideBySide[],
  maxChars: number,
): DpoRow | null {
  const wanted = firstOwnChange(chosen, rows, "a_step_id");
  const unwanted = firstOwnChange(rejected, rows, "b_step_id");
  if (!wanted || !unwanted || said(wanted) === said(unwanted)) return null;
  const shared = rows.flatMap(({ a_step_id: a, b_step_id: b }) =>
    a !== null && b !== null && a < wanted.step_id && b < unwanted.step_id ? [a] : [],
  );
  return {
    prompt: new Conversation(chosen.run).prompt(wanted, shared, maxChars),
    chosen: [{ role: "assistant", content: said(wanted) }],
    rejected: [{ role: "assistant", content: said(unwanted) }],
    chosen_run_id: chosen.run_id,
    chosen_step_id: wanted.step_id,
    chosen_left_out: wanted.step_id - 1 - shared.length,
    rejected_run_id: rejected.run_id,
    rejected_step_id: unwanted.step_id,
    rejected_left_out: unwanted.step_id - 1 - shared.length,
    rejected_confidence: confidenceAt(rejected.labels, unwanted.step_id),
  };
}

/** The first change in a row that the other run has no part in. */
function firstOwnChange(
  { run }: PairedRun,
  rows: readonly SideBySide[],
  side: "a_step_id" | "b_step_id",
): IndexedStep | undefined {
  const other = side === "a_step_id" ? "b_step_id" : "a_step_id";
  const own = rows.flatMap((row) => (row[other] === null && row[side] !== null ? [row[side]] : []));
  return own.map((id) => run.steps[id - 1]).find((step) => step !== undefined && changed(step));
}

function confidenceAt(labels: readonly Label[], stepId: number): number | null {
  const held = labels.filter(({ label, step_id }) => label === "incorrect" && step_id === stepId);
  return held.length === 0 ? null : Math.max(...held.map(({ confidence }) => confidence));
}
