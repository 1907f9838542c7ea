import type { DiagnosisFile } from "../../src/index.ts";

/** One row of CodeTraceBench's manifest, with what scoring needs. Gold never leaves this folder. */
export interface Row {
  traj_id: string;
  /** Agent family as the manifest names it: mini-SWE-agent, OpenHands, Terminus2, SWE-agent. */
  agent: string;
  model: string;
  task_name: string;
  /** null = not published for the row. */
  category: string | null;
  difficulty: string | null;
  /** null = not published. */
  solved: boolean | null;
  step_count: number;
  gold: Gold;
  /** Path of the archive relative to the data folder; null = none was published. */
  artifact_path: string | null;
}

/** The annotation of one row. Ids in ascending order, without repeats. */
export interface Gold {
  incorrect_step_ids: readonly number[];
  unuseful_step_ids: readonly number[];
  /** False = unuseful labels were not published for the row, so an empty list says nothing. */
  unuseful_known: boolean;
  /** The annotated stages that hold labels, where the manifest names them. */
  stages: readonly { stage_id: number; start_step_id: number; end_step_id: number }[];
}

/** What one method said of one row, in one repetition. Ids in ascending order, without repeats. */
export interface Prediction {
  traj_id: string;
  method: string;
  /** From 1. */
  repetition: number;
  incorrect_step_ids: readonly number[];
  unuseful_step_ids: readonly number[];
  /** First step of the failure chain; null = none named. */
  onset_step_id: number | null;
  /** Stage of our own segmentation for each predicted step, by step id; absent where the method has none. */
  stage_ranges?: readonly { stage_id: number; start_step_id: number; end_step_id: number }[];
  /** How likely each step is to be wrong, 0 to 1, counted or not; absent where the method does not say. */
  scores?: readonly { step_id: number; probability: number }[];
  /** What a model called wrong before anything was chosen; absent where no model was asked. */
  findings?: DiagnosisFile["findings"];
  /** Model calls, tokens, dollars and seconds that the row took. cost_usd null = unknown price. */
  usage: {
    calls: number;
    input_tokens: number;
    output_tokens: number;
    cost_usd: number | null;
    seconds: number;
  };
}

/** A row that could not be scored, and why. */
export interface Refusal {
  traj_id: string;
  /** `misaligned` = our number of steps differs from the manifest's; `leak` = gold lies within reach of a tracer. */
  reason: "no_artifact" | "unreadable" | "misaligned" | "leak";
  detail: string;
}
