import type { Evidence, Outcome } from "../trajectory/index.ts";

/** How the steps of one row relate: the same action, alike ones, or a step of one run that the other has no counterpart for. */
export type Relation = "same" | "alike" | "only_a" | "only_b";

/** One row of the alignment; null = the other run has no such step there. */
export interface AlignedRow {
  relation: Relation;
  a_step_id: number | null;
  b_step_id: number | null;
}

/** What one run had learned before a step, and the other had not before its own. */
export interface Knowledge {
  /** Paths it had read and the other had not, in the order of reading. */
  read: string[];
  /** Test runners it had called, with what the last call of each came to. */
  tests: { runner: string; step_id: number; failed: boolean }[];
  /** The latest failures it had seen, newest last, with the line that says so where one does. */
  failures: { step_id: number; name: string; evidence: Evidence | null }[];
}

/** One run's side of the divergence. */
export interface DivergenceSide {
  /** The first state-changing step that the other run does not share; null = it makes no further change. */
  step_id: number | null;
  knew: Knowledge;
}

/** Where the runs part. */
export interface Divergence {
  /** The last pair of steps before it that are the same; null = nothing before it is. */
  last_same: { a_step_id: number; b_step_id: number } | null;
  a: DivergenceSide;
  b: DivergenceSide;
}

/** How one run ended. */
export interface Ending {
  outcome: Outcome;
  step_count: number;
  verdict: string;
  onset_step_id: number | null;
  last_change_step_id: number | null;
  /** Paths that it changed and the other did not. */
  changed_alone: string[];
}

/** Two runs side by side. */
export interface Comparison {
  run_a: string;
  run_b: string;
  /** Share of the words of both tasks that they have in common; null = one of the tasks is not recorded. */
  task_similarity: number | null;
  rows: AlignedRow[];
  /** Share of the steps of both runs that stand in rows of the same action. */
  same_share: number;
  /** Where the first change stands that the runs do not share; null = they make the same changes. */
  divergence: Divergence | null;
  /** The first row that is not the same at all, exploration included; null = the runs are the same. */
  first_difference: AlignedRow | null;
  end_a: Ending;
  end_b: Ending;
  changed_by_both: string[];
}
