import type { IndexedStep } from "../../trajectory/index.ts";
import type { Columns } from "./index.ts";

/** One row a step. Lists are separated by spaces. */
export const STEP_COLUMNS: Columns<IndexedStep> = {
  run_id: (_step, { run_id }) => run_id,
  step_id: ({ step_id }) => step_id,
  stage: ({ step_id }, { workspace }) =>
    workspace.stages.find(
      ({ start_step_id, end_step_id }) => start_step_id <= step_id && step_id <= end_step_id,
    )?.stage ?? null,
  agent: ({ agent }) => agent,
  parent_step_id: ({ parent_step_id }) => parent_step_id ?? null,
  parallel_group: ({ parallel_group }) => parallel_group ?? null,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  tool: ({ tool }) => tool ?? null,
  tool_call_id: ({ tool_call_id }) => tool_call_id ?? null,
  action: ({ action }) => action,
  thinking: ({ thinking }) => thinking ?? null,
  observation: ({ observation }) => observation,
  observation_characters: ({ observation }) => observation?.length ?? null,
  exit_code: ({ exit_code }) => exit_code ?? null,
  exit_code_source: ({ exit_code_source }) => exit_code_source ?? null,
  is_error: ({ is_error }) => is_error ?? null,
  failed: ({ failed }) => failed,
  labels: ({ step_id }, { workspace }) =>
    workspace.diagnosis.labels
      .filter((label) => label.step_id === step_id)
      .map(({ label }) => label)
      .join(" "),
  is_onset: ({ step_id }, { workspace }) => workspace.diagnosis.onset_step_id === step_id,
  started_at: ({ started_at }) => started_at ?? null,
  duration_ms: ({ duration_ms }) => duration_ms ?? null,
  input_tokens: ({ tokens }) => tokens?.input ?? null,
  output_tokens: ({ tokens }) => tokens?.output ?? null,
  cached_tokens: ({ tokens }) => tokens?.cached ?? null,
  reasoning_tokens: ({ tokens }) => tokens?.reasoning ?? null,
  cost_usd: ({ cost_usd }) => cost_usd ?? null,
  repeat_of: ({ repeat_of }) => repeat_of ?? null,
  near_repeat_of: ({ near_repeat_of }) => near_repeat_of ?? null,
  reads: ({ touches }) => touches.reads?.join(" ") ?? null,
  writes: ({ touches }) => touches.writes?.join(" ") ?? null,
  raw_path: ({ action_ref }) => action_ref?.path ?? null,
  raw_line: ({ action_ref }) => action_ref?.line_start ?? null,
};
