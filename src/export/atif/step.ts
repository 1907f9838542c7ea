import type { IndexedStep, Label, Stage } from "../../trajectory/index.ts";
import { defined } from "../../util/narrow.ts";
import { type Call, isShown } from "../call.ts";
import type { AtifMetrics, AtifResult, AtifStep, AtifToolCall } from "./types.ts";

/** What of a run its steps are written with. */
export interface StepContext {
  /** By place: the call of step 1 first. */
  calls: readonly Call[];
  labels: readonly Label[];
  stages: readonly Stage[];
  onset_step_id: number | null;
  /** The ids of the trajectories that a step started. */
  started(stepId: number): readonly string[];
}

/** The actions of one turn as an agent's step. */
export function agentStep(
  turn: readonly [IndexedStep, ...IndexedStep[]],
  stepId: number,
  time: string | undefined,
  context: StepContext,
): AtifStep {
  const [first] = turn;
  const results = turn.flatMap((step) => resultOf(step, context));
  return defined({
    step_id: stepId,
    timestamp: time,
    source: "agent",
    message: "",
    reasoning_content: first.thinking,
    tool_calls: turn.map((step) => toolCallOf(step, time, context)),
    observation: results.length > 0 ? { results } : undefined,
    metrics: metricsOf(first),
    extra: extraOf(turn, context),
  }) as AtifStep;
}

/** The call of a step: its place in a list made from contiguous steps. */
function callOf({ step_id }: IndexedStep, { calls }: StepContext): Call {
  const call = calls[step_id - 1];
  if (!call) throw new RangeError(`step ids are not contiguous at ${step_id}`);
  return call;
}

function toolCallOf(step: IndexedStep, time: string | undefined, context: StepContext): AtifToolCall {
  const call = callOf(step, context);
  const { step_id, kind, name, failed, started_at } = step;
  const own = defined({
    step_id,
    kind,
    name,
    failed,
    tool_is_recorded: call.is_recorded,
    action: isShown(call, step) ? undefined : step.action,
    started_at: started_at === time ? undefined : started_at,
  });
  return {
    tool_call_id: call.id,
    function_name: call.name,
    arguments: call.arguments,
    extra: { codetracer: own },
  };
}

function resultOf(step: IndexedStep, context: StepContext): AtifResult[] {
  const started = context.started(step.step_id);
  const extra = defined({
    exit_code: step.exit_code_source === "recorded" ? (step.exit_code ?? undefined) : undefined,
    is_error: step.is_error || undefined,
    duration_ms: step.duration_ms,
  });
  const hasExtra = Object.keys(extra).length > 0;
  if (step.observation === null && started.length === 0 && !hasExtra) return [];
  const refs = started.map((trajectory_id) => ({ trajectory_id }));
  return [
    {
      source_call_id: callOf(step, context).id,
      content: step.observation,
      ...(refs.length > 0 ? { subagent_trajectory_ref: refs } : {}),
      ...(hasExtra ? { extra } : {}),
    },
  ];
}

function metricsOf({ tokens, cost_usd }: IndexedStep): AtifMetrics | undefined {
  if (tokens === undefined && cost_usd === undefined) return undefined;
  return defined({
    prompt_tokens: tokens?.input,
    completion_tokens: tokens?.output,
    cached_tokens: tokens?.cached,
    cost_usd,
    extra: tokens?.reasoning === undefined ? undefined : { reasoning_tokens: tokens.reasoning },
  });
}

function extraOf(turn: readonly [IndexedStep, ...IndexedStep[]], context: StepContext): AtifStep["extra"] {
  const ids = turn.map(({ step_id }) => step_id);
  const labels = context.labels.filter(({ step_id }) => ids.includes(step_id));
  const stage = context.stages.find(
    ({ start_step_id, end_step_id }) => start_step_id <= turn[0].step_id && turn[0].step_id <= end_step_id,
  );
  const isOnset = context.onset_step_id !== null && ids.includes(context.onset_step_id);
  return {
    ...(turn[0].agent === "sidechain" && turn[0].parent_step_id === undefined ? { is_sidechain: true } : {}),
    codetracer: defined({
      step_ids: ids,
      stage: stage?.stage,
      labels: labels.map((label) => ({ ...label, tool_call_id: context.calls[label.step_id - 1]?.id })),
      is_onset: isOnset || undefined,
    }),
  };
}
