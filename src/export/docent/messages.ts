import type { IndexedStep } from "../../trajectory/index.ts";
import { defined } from "../../util/narrow.ts";
import type { Call } from "../call.ts";
import { uuid } from "../ids.ts";
import { turnsOf } from "../turns.ts";
import type { ExportRun } from "../types.ts";
import type { AssistantMessage, Message, ToolMessage } from "./types.ts";

/** The messages of one agent's steps: the task, then for each turn the agent's message and what came back for each of its calls. */
export function messagesOf(
  run: ExportRun,
  steps: readonly IndexedStep[],
  calls: readonly Call[],
  task: string | null,
): Message[] {
  const asked: Message[] = task === null ? [] : [{ id: uuid(run, "task"), role: "user", content: task }];
  const callOf = ({ step_id }: IndexedStep): Call => {
    const call = calls[step_id - 1];
    if (!call) throw new RangeError(`step ids are not contiguous at ${step_id}`);
    return call;
  };
  return [
    ...asked,
    ...turnsOf(steps).flatMap((turn): Message[] => [
      assistant(run, turn, turn.map(callOf)),
      ...turn.flatMap((step) => (step.observation === null ? [] : [tool(run, step, callOf(step))])),
    ]),
  ];
}

function assistant(
  run: ExportRun,
  turn: readonly [IndexedStep, ...IndexedStep[]],
  calls: readonly Call[],
): AssistantMessage {
  const { extraction, diagnosis } = run.workspace;
  const [{ step_id, thinking, tokens, cost_usd, started_at }] = turn;
  const ids = turn.map((step) => step.step_id);
  const labels = diagnosis.labels.filter((label) => ids.includes(label.step_id));
  return {
    id: uuid(run, "turn", step_id),
    role: "assistant",
    content: thinking === undefined ? "" : [{ type: "reasoning", reasoning: thinking }],
    model: extraction.agent.model,
    tool_calls: calls.map((call) => ({
      id: call.id,
      function: call.name,
      arguments: call.arguments,
      type: "function",
    })),
    metadata: defined({
      step_ids: ids,
      labels: labels.length > 0 ? labels : undefined,
      is_onset: ids.some((id) => id === diagnosis.onset_step_id) || undefined,
      tokens,
      cost_usd,
      started_at,
    }),
  };
}

function tool(run: ExportRun, step: IndexedStep, call: Call): ToolMessage {
  const { step_id, exit_code, duration_ms, failed } = step;
  return {
    id: uuid(run, "result", step_id),
    role: "tool",
    content: step.observation ?? "",
    tool_call_id: call.id,
    function: call.name,
    error: failed ? defined({ type: "failed", exit_code: exit_code ?? undefined }) : null,
    metadata: defined({ step_id, duration_ms }),
  };
}
