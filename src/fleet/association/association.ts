import type { Share } from "./risk-ratio.ts";

/** What runs are told apart by. */
export type GroupBy = "all" | "agent" | "model";

/** How one behaviour goes with failure in one group of runs. */
export interface Association {
  behaviour: string;
  /** Whether a run is the better for it; null = a rubric of the user's, which does not say. */
  polarity: "good" | "bad" | null;
  failed: Share;
  solved: Share;
  /** Runs with a known outcome of which the record does not let one say. */
  abstained: number;
  /** Different tasks among the runs judged; runs whose task is not known are not counted. */
  task_count: number;
  /** Share in failed runs over share in solved ones; null = cannot be told. */
  risk_ratio: number | null;
  /** 95 %, by Katz. */
  interval: { low: number; high: number } | null;
  /** A half was added to each count because one is 0 (Haldane and Anscombe). */
  is_corrected: boolean;
  /** Fisher's exact test, two-sided; null = not tested. */
  p: number | null;
  /** The same after Holm's correction over all tests of the call; null = not tested. */
  p_corrected: number | null;
  /** False where too few runs were judged: the row is kept out of the table and of the correction. */
  is_shown: boolean;
}

/** Every behaviour over one group of runs. */
export interface AssociationTable {
  by: GroupBy;
  /** The agent's or model's name; null = all runs, or not recorded. */
  value: string | null;
  rows: Association[];
  /** What to know before reading the figures, a sentence each. */
  notes: string[];
}
