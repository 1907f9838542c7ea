import type { FailureStage } from "../../trajectory/index.ts";

/** An interval of a difference, B less A; the level is 95 %. */
export interface Interval {
  low: number;
  high: number;
}

/** How often something holds in either fleet, over the tasks that both tell it of. Shares are means over tasks, of the share of each task's runs. */
export interface PairedShare {
  tasks: number;
  /** 0 to 1; null = no such task. */
  rate_a: number | null;
  rate_b: number | null;
  difference: number | null;
  /** Percentile bootstrap over tasks; null = fewer than two tasks. */
  interval: Interval | null;
  /** Tasks in which it holds for most of A's runs and not for most of B's, … */
  only_a: number;
  only_b: number;
  both: number;
  neither: number;
  /** Tasks in which half of a fleet's runs say so and half do not: they take no side, and are not tested. */
  ties: number;
  /** Exact two-sided McNemar test on `only_a` and `only_b`; 1 where no task differs. */
  p: number;
}

/** One of several that were tested together. */
export interface NamedShare extends PairedShare {
  name: string;
  /** `p` after Holm's correction over all of its table. */
  p_corrected: number;
}

/** A quantity in either fleet, over the tasks that both record it for; values are means over tasks, of the mean over each task's runs. */
export interface PairedMean {
  name: string;
  unit: string;
  tasks: number;
  mean_a: number | null;
  mean_b: number | null;
  difference: number | null;
  interval: Interval | null;
}

/** A run of a task whose outcome changed. */
export interface ChangedRun {
  run_id: string;
  resolved: boolean | null;
  step_count: number;
  score: number | null;
  onset_step_id: number | null;
  stage: FailureStage | null;
  /** Why that stage; null = it did not fail. */
  reason: string | null;
}

/** A task that one fleet solves and the other does not, by most of its runs. */
export interface ChangedTask {
  task_key: string;
  /** The task's first words; null = not recorded. */
  task: string | null;
  a: ChangedRun[];
  b: ChangedRun[];
}

/** What one fleet is made of, paired or not. */
export interface FleetSide {
  name: string;
  runs: number;
  solved: number;
  failed: number;
  unknown: number;
  /** Broken by the harness, not the agent: left out of every comparison. */
  infrastructure: number;
  without_task: number;
  tasks: number;
  /** Agents, with their version and model, and how many runs each made; most first. */
  agents: { agent: string; runs: number }[];
  /** Runs of paired tasks. */
  paired_runs: number;
  /** Runs, not broken, whose task the other fleet has not got, and those tasks. */
  unpaired_runs: number;
  unpaired_tasks: number;
}

/** A group of failures, with its runs in either fleet. */
export interface SharedCluster {
  name: string;
  run_ids_a: readonly string[];
  run_ids_b: readonly string[];
}

/** How a comparison is made. */
export interface CompareOptions {
  seed: number;
  resamples: number;
  /** What the fleets are called. */
  names?: readonly [string, string];
  /** Groups of both fleets' failures taken together; none = clusters are not compared. */
  clusters?: readonly SharedCluster[];
}

/** Two fleets side by side, task by task. B less A everywhere. */
export interface FleetComparison {
  seed: number;
  resamples: number;
  level: number;
  a: FleetSide;
  b: FleetSide;
  /** Tasks with runs in both that no harness broke. */
  paired_tasks: number;
  solved: PairedShare;
  measures: PairedMean[];
  /** Abstentions are left out. */
  behaviours: NamedShare[];
  /** Of the runs whose outcome is known, how many failed at this stage. */
  stages: NamedShare[];
  clusters: NamedShare[];
  /** Solved in A, failed in B. */
  regressions: ChangedTask[];
  /** Failed in A, solved in B. */
  gains: ChangedTask[];
  /** What to know before believing it. */
  notes: string[];
}
