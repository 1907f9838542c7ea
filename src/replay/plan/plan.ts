import type { FileOperation } from "./file-operation.ts";
import type { ForkPoint } from "./fork-point.ts";
import type { Risk } from "./risk.ts";

/** How a recorded action is done again. */
export type Act =
  /** `command` goes to a shell as recorded. */
  | { form: "shell"; command: string; background: boolean }
  /** What a file tool did, as operations of a script's own. */
  | { form: "files"; operations: readonly FileOperation[] }
  /** Keys that belong to the command that a later step completes. */
  | { form: "part"; completed_by: number }
  /** Needs nothing; the reason says why. */
  | { form: "nothing"; reason: string }
  /** Cannot be done by a script; the reason says why. A replay stops there until it was done by hand. */
  | { form: "manual"; reason: string };

/** What the recording says about how a step ended. */
export interface Expected {
  /** null = not known. */
  exit_code: number | null;
  /** Whether `exit_code` was recorded, or read off the text; null where it is null. */
  source: "recorded" | "inferred" | null;
  failed: boolean;
}

/** One state-changing step of the recording. */
export interface PlannedStep {
  step_id: number;
  /** What it does, in a few words. */
  name: string;
  agent: string;
  act: Act;
  /** The directory in force, as recorded; "" = where the session stands, at first the start. */
  directory: string;
  /** Its keys were typed into a terminal, whose screen is what was recorded. */
  typed: boolean;
  /** Whether directory and exported variables outlive the step. */
  keeps_session: boolean;
  /** Files written or deleted, as far as the action says. */
  files: readonly string[];
  risks: readonly Risk[];
  expected: Expected;
}

/** What has to be done again to rebuild the state that a run had after one of its steps. */
export interface ReplayPlan {
  codetracer_version: string;
  run: string;
  fork_point: ForkPoint;
  /** The last step whose effect is rebuilt; null = neither a fork point nor a step was named. 0 = the start. */
  to_step_id: number | null;
  /** Steps of the run up to there. */
  step_count: number;
  /** The directory that most of the recording works in; null = it does not say. */
  recorded_root: string | null;
  /** State-changing steps up to there, in order. */
  steps: readonly PlannedStep[];
}
