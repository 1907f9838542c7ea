import type { DiagnosisFile, Workspace } from "../../../src/index.ts";
import type { Prediction } from "../types.ts";

/** What a prediction takes. cost_usd null = unknown price. */
export type Usage = Omit<Prediction["usage"], "seconds">;

/** All that a method gets to see of a row: nothing of the manifest, and no name that tells the task, agent or model. */
export interface MethodInput {
  workspace: Workspace;
  /** From 1. */
  repetition: number;
  /** File in which a method that asks a model writes down what it does, to go on from there after a kill. */
  journal: string;
  signal: AbortSignal;
}

/** What a method says of a run. Step ids in any order. */
export interface MethodOutput {
  incorrect_step_ids: readonly number[];
  unuseful_step_ids: readonly number[];
  /** null = none named. */
  onset_step_id: number | null;
  /** How likely each step is to be wrong, 0 to 1, counted or not; absent where the method does not say. */
  scores?: readonly { step_id: number; probability: number }[];
  /** What a model called wrong before anything was chosen, for studying the choice; absent where no model was asked. */
  findings?: DiagnosisFile["findings"];
  usage: Usage;
}

/** Something that can be benchmarked. */
export interface Method {
  name: string;
  /** Changes whenever the same run could get another prediction: settings, prompts, weights, versions. */
  config: string;
  /** What a threshold of its confidences holds for; absent where it has no confidences. */
  calibrates?: string;
  /** False = a model outside is asked: the workspace it gets is redacted. */
  offline: boolean;
  /** About what one prediction will take; the limit in dollars is kept to by it. */
  estimate(workspace: Workspace): Usage;
  /** Throws CodeTracerError where there is no prediction to be had; anything else that is thrown ends the benchmark. */
  predict(input: MethodInput): Promise<MethodOutput> | MethodOutput;
}

/** What a method without a model takes. */
export const NO_USAGE: Usage = { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 };
