import type { TracedWorkspace } from "../../workspace/workspace.ts";

/** What an attempt may take. All of it holds for both arms alike. */
export interface Limits {
  /** Of one attempt of the agent. */
  timeout_seconds: number;
  /** Of one check, and of one set-up. */
  check_timeout_seconds: number;
  /** Over all attempts, of the agents' recorded cost; null = no limit. */
  max_cost_usd: number | null;
  /** Over all attempts, of the agents' time; null = no limit. */
  max_seconds: number | null;
  /** What an attempt without a recorded cost counts for against `max_cost_usd`; null = it cannot be counted. */
  assumed_cost_usd: number | null;
}

/** What the user asked for. Texts are as they were given; commands are not split yet. */
export interface ExperimentSettings {
  /** The failed run, diagnosed. */
  original: TracedWorkspace;
  /** What the agent is asked. */
  task: string;
  /** What the arm with the hint gets, and where it comes from. */
  hint: { text: string; source: string };
  /** What the other arm gets in its place. */
  without_hint: string;
  command: string;
  check: string;
  /** null = the folder stays as the template makes it. */
  setup: string | null;
  /** Absolute; copied into each fresh folder; null = it starts empty. */
  template: string | null;
  /** Of each arm. */
  attempts: number;
  seed: number;
  limits: Limits;
  /** Where all of it goes, absolute. */
  out: string;
  /** What `{here}` stands for, absolute. */
  here: string;
  /** The folder of learned extractors; null = only the built-in ones read. */
  learned: string | null;
}
