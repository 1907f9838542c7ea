import { defined, type JsonRecord } from "../util/narrow.ts";
import type { Chain, Chains } from "./chains.ts";
import type { ActionObserved, ActionStarted, MessageRecorded, Metered } from "./events.ts";

/** What the steps of one ATIF document are made of. */
export interface StepsInput {
  chain: Chain;
  chains: Chains;
  /** The sub-agents whose documents stand inside of this one. */
  below: readonly Chain[];
  /** By action, the id that its call has in the document. */
  callIds: ReadonlyMap<string, string>;
  /** Becomes the first step; null = none. */
  task: string | null;
}

/** One ATIF step for the task, each message and each model turn. */
export function stepsOf(input: StepsInput): JsonRecord[] {
  const task: JsonRecord[] = input.task === null ? [] : [{ source: "user", message: input.task }];
  const items = input.chain.items.map((item) =>
    "message" in item ? messageStep(item.message) : turnStep(item.actions, input),
  );
  return [...task, ...items].map((step, index) => ({ step_id: index + 1, ...step }));
}

function messageStep(event: MessageRecorded): JsonRecord {
  return {
    ...timestamp(event),
    source: event.source,
    message: event.text,
    ...metricsOf(event),
  };
}

function turnStep(actions: readonly ActionStarted[], input: StepsInput): JsonRecord {
  const [first] = actions;
  const results = actions.flatMap((action) => resultOf(action, input));
  return {
    ...timestamp(first),
    source: "agent",
    message: "",
    ...defined({ reasoning_content: first?.thinking }),
    tool_calls: actions.map((action) => ({
      tool_call_id: input.callIds.get(action.action_id) ?? action.action_id,
      function_name: action.tool,
      arguments: action.arguments ?? {},
    })),
    ...(results.length > 0 ? { observation: { results } } : {}),
    ...metricsOf(first),
  };
}

/** Foreign writers may leave out the time. */
function timestamp(event: { at?: string } | undefined): JsonRecord {
  return defined({ timestamp: event?.at });
}

/** The result of an action; none where nothing is known of its end and it spawned no sub-agent. */
function resultOf({ action_id }: ActionStarted, { chains, below, callIds }: StepsInput): JsonRecord[] {
  const observed = chains.observations.get(action_id);
  const spawned = below.filter(({ started }) => started?.parent_action_id === action_id);
  const extra = observed ? endOf(observed) : {};
  if ((observed?.text ?? null) === null && Object.keys(extra).length === 0 && spawned.length === 0) return [];
  return [
    {
      source_call_id: callIds.get(action_id) ?? action_id,
      content: observed?.text ?? null,
      ...(spawned.length > 0
        ? { subagent_trajectory_ref: spawned.map(({ started }) => ({ trajectory_id: started?.agent_id })) }
        : {}),
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    },
  ];
}

function endOf({ exit_code, is_error, duration_ms, left_out_bytes, still_open }: ActionObserved): JsonRecord {
  return defined({ exit_code, is_error, duration_ms, left_out_bytes, still_open });
}

function metricsOf(turn: Metered | undefined): JsonRecord {
  const { tokens, cost_usd } = turn ?? {};
  const metrics = defined({
    prompt_tokens: tokens?.input,
    completion_tokens: tokens?.output,
    cached_tokens: tokens?.cached,
    cost_usd,
    extra: tokens?.reasoning === undefined ? undefined : { reasoning_tokens: tokens.reasoning },
  });
  return Object.keys(metrics).length > 0 ? { metrics } : {};
}
