import type { Evidence, FailureStage, IndexedStep, LabelName, Score } from "../../trajectory/index.ts";

/** How a run ended, in one word. `harness`: the harness broke it, not the agent. */
export type OutcomeWord = "solved" | "failed" | "unknown" | "harness";

/** A behaviour that a run shows. */
export interface PageFlag {
  behaviour: string;
  confidence: number;
  step_ids: readonly number[];
  evidence: readonly Evidence[];
  reason: string;
  judged_by: string;
}

/** A verdict about one step of a run. */
export interface PageLabel {
  step_id: number;
  label: LabelName;
  confidence: number;
  reasoning: string;
  evidence: readonly Evidence[];
  better_alternative: string | null;
}

/** A step as it is told next to others: its texts are cut to a few lines. */
export interface PageExcerpt {
  step_id: number;
  kind: IndexedStep["kind"];
  name: string;
  failed: boolean;
  action: string;
  /** null = not recorded. */
  observation: string | null;
}

/** What of a run goes beyond its facts. */
export interface PageRunDetail {
  /** One character a step: see strip-codes.ts. */
  strip: string;
  /** What each step does, as places in the page's `names`; null = left out. */
  name_ids: readonly number[] | null;
  labels: readonly PageLabel[];
  summary: string;
  strategy: string | null;
  /** The steps around the onset, or the last ones where there is none. */
  excerpts: readonly PageExcerpt[];
}

/** One run on the page of a fleet. */
export interface PageRun {
  run_id: string;
  run: string;
  task: string | null;
  task_key: string | null;
  agent: string | null;
  agent_version: string | null;
  model: string | null;
  extractor: string;
  outcome: OutcomeWord;
  outcome_words: string;
  step_count: number;
  change_count: number;
  failed_step_count: number;
  started_at: string | null;
  duration_seconds: number | null;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
  verdict: string | null;
  onset_step_id: number | null;
  incorrect_count: number;
  unuseful_count: number;
  score: Score | null;
  /** What it shows, what it does not, and of what nobody can say. */
  flags: readonly PageFlag[];
  absent: readonly string[];
  unjudged: readonly string[];
  failure: { stage: FailureStage; reason: string; summary: string } | null;
  fidelity_passed: boolean;
  warning_count: number;
  /** null = left out to keep the page small, or its workspace could not be read. */
  detail: PageRunDetail | null;
}

/** How often a behaviour is shown, and how it goes with failure, over one group of runs. */
export interface PageAssociation {
  behaviour: string;
  /** Whether a run is the better for it; null = not said. */
  polarity: "good" | "bad" | null;
  failed: { present: number; judged: number };
  solved: { present: number; judged: number };
  /** Runs with a known outcome of which nobody can say. */
  abstained: number;
  /** Share in failed runs over share in solved ones; null = cannot be told. */
  risk_ratio: number | null;
  interval: { low: number; high: number } | null;
  /** A half was added to each count because one is 0. */
  is_corrected: boolean;
  /** False where too few runs were judged to say anything. */
  is_shown: boolean;
  /** Fisher's exact test, two-sided, as it stands and corrected for the number of tests; null = not tested. */
  p: number | null;
  p_corrected: number | null;
}

/** The behaviours over one group of runs. */
export interface PageAssociationTable {
  by: "all" | "agent" | "model";
  /** The agent's or model's name; null = all, or not recorded. */
  value: string | null;
  rows: readonly PageAssociation[];
  notes: readonly string[];
}

/** Failed runs that have something in common. */
export interface PageCluster {
  cluster_id: number;
  name: string;
  named_by: string;
  terms: readonly string[];
  size: number;
  silhouette: number | null;
  run_ids: readonly string[];
  exemplar_run_ids: readonly string[];
  stages: readonly PageCount[];
  agents: readonly PageCount[];
  models: readonly PageCount[];
  over_time: readonly { from: string; runs: number }[];
  undated_runs: number;
}

/** How many runs have one value; null = it is not recorded. */
export interface PageCount {
  value: string | null;
  runs: number;
}

/** The clusters and what they rest on. */
export interface PageClusters {
  verdict: "clear" | "weak" | "none";
  note: string;
  clusters: readonly PageCluster[];
  ungrouped_run_ids: readonly string[];
}

/** A run that could not be read, and why. */
export interface PageUnreadable {
  run: string;
  code: string;
  message: string;
}

/** Everything on the page of a fleet: the JSON that its template is filled with. */
export interface FleetPageData {
  /** What the fleet is called. */
  name: string;
  codetracer_version: string;
  /** What diagnosed the runs, in words: `rules, no model asked`. */
  diagnosed_by: string;
  /** How many runs were read, those that the page leaves out among them. */
  run_count: number;
  runs: readonly PageRun[];
  /** What steps do, once each: `name_ids` point here. */
  names: readonly string[];
  unreadable: readonly PageUnreadable[];
  /** How many could not be read, those not listed among them. */
  unreadable_count: number;
  associations: readonly PageAssociationTable[];
  /** null = the failures were not grouped. */
  clusters: PageClusters | null;
  /** What was left out to keep the file small, a sentence each. */
  left_out: readonly string[];
  warnings: readonly string[];
}
