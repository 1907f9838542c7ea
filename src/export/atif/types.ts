/**
 * The parts of the Agent Trajectory Interchange Format, version 1.7, that are written.
 * Source: https://github.com/harbor-framework/harbor/blob/main/rfcs/0001-trajectory-format.md
 */
export interface AtifTrajectory {
  schema_version: "ATIF-v1.7";
  session_id: string;
  trajectory_id: string;
  agent: { name: string; version: string; model_name?: string };
  /** At least one. */
  steps: AtifStep[];
  final_metrics?: AtifFinalMetrics;
  subagent_trajectories?: AtifTrajectory[];
  extra?: Record<string, unknown>;
}

/** A message: `step_id` counts these, from 1 in every trajectory, and is not the id of an action. */
export interface AtifStep {
  step_id: number;
  source: "system" | "user" | "agent";
  message: string;
  timestamp?: string;
  reasoning_content?: string;
  tool_calls?: AtifToolCall[];
  observation?: { results: AtifResult[] };
  metrics?: AtifMetrics;
  extra?: Record<string, unknown>;
}

/** An action of an agent's step. */
export interface AtifToolCall {
  tool_call_id: string;
  function_name: string;
  arguments: Record<string, unknown>;
  extra?: Record<string, unknown>;
}

/** What came back for one call. */
export interface AtifResult {
  source_call_id: string;
  content: string | null;
  subagent_trajectory_ref?: { trajectory_id: string }[];
  extra?: Record<string, unknown>;
}

/** Of one model turn. */
export interface AtifMetrics {
  prompt_tokens?: number;
  completion_tokens?: number;
  cached_tokens?: number;
  cost_usd?: number;
  extra?: Record<string, unknown>;
}

/** Sums over a trajectory, of what its steps record. */
export interface AtifFinalMetrics {
  total_prompt_tokens?: number;
  total_completion_tokens?: number;
  total_cached_tokens?: number;
  total_cost_usd?: number;
  total_steps: number;
}
