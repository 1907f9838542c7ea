import { CLUSTER_MEMBERS, CLUSTERS } from "./clusters.ts";
import type { Column } from "./column.ts";
import { EVIDENCE, FLAGS, LABELS, PENALTIES, REWARDS } from "./findings.ts";
import { RUNS, UNREADABLE } from "./runs.ts";
import { STEPS } from "./steps.ts";

/** A table as it is described, whatever it is made from. */
export interface TableShape {
  name: string;
  /** What one row is. */
  about: string;
  columns: readonly Pick<Column<never>, "name" | "type" | "about">[];
}

/** Every table of a fleet. */
export const TABLES: readonly TableShape[] = [
  RUNS,
  STEPS,
  LABELS,
  EVIDENCE,
  FLAGS,
  PENALTIES,
  REWARDS,
  CLUSTERS,
  CLUSTER_MEMBERS,
  UNREADABLE,
];
