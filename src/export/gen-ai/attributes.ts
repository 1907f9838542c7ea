import { traceId } from "../ids.ts";
import { toJson } from "../json.ts";
import { type Attributes, double } from "../otlp/message.ts";
import { ownAttributes, resultValue } from "../spans/own-attributes.ts";
import type { AgentSpan, ModelSpan, RunSpan, ToolSpan } from "../spans/run-span.ts";
import type { ExportRun } from "../types.ts";

/** The conventions require a provider, and runs do not record one. */
const PROVIDER = { "gen_ai.provider.name": "unknown" };

/**
 * A span in the words of OpenTelemetry's GenAI conventions.
 * Source: https://github.com/open-telemetry/semantic-conventions-genai/tree/main/docs/gen-ai
 */
export function attributesOf(span: RunSpan, run: ExportRun): Attributes {
  const own = ownAttributes(span);
  if (span.kind === "agent") return { ...agent(span, run), ...own };
  return { ...(span.kind === "model" ? model(span, run) : tool(span)), ...own };
}

/** The name that the conventions build from the operation and what it is done with. */
export function nameOf(span: RunSpan, { workspace }: ExportRun): string {
  if (span.kind === "tool") return `execute_tool ${span.call.name}`;
  const what = span.kind === "model" ? workspace.extraction.agent.model : span.agent;
  return [span.kind === "model" ? "chat" : "invoke_agent", what].filter((part) => part !== null).join(" ");
}

function agent({ agent: name, is_root }: AgentSpan, run: ExportRun): Attributes {
  const { task, extraction } = run.workspace;
  return {
    "gen_ai.operation.name": "invoke_agent",
    ...PROVIDER,
    "gen_ai.agent.name": name ?? undefined,
    "gen_ai.agent.version": is_root ? (extraction.agent.version ?? undefined) : undefined,
    "gen_ai.conversation.id": traceId(run),
    "gen_ai.request.model": is_root ? (extraction.agent.model ?? undefined) : undefined,
    "gen_ai.input.messages": is_root ? asked(task) : undefined,
  };
}

function model({ calls, task }: ModelSpan, run: ExportRun): Attributes {
  const { tokens } = calls[0].step;
  return {
    "gen_ai.operation.name": "chat",
    ...PROVIDER,
    "gen_ai.conversation.id": traceId(run),
    "gen_ai.request.model": run.workspace.extraction.agent.model ?? undefined,
    "gen_ai.input.messages": asked(task),
    "gen_ai.output.messages": answered(calls),
    "gen_ai.usage.input_tokens": tokens?.input,
    "gen_ai.usage.output_tokens": tokens?.output,
    "gen_ai.usage.cache_read.input_tokens": tokens?.cached,
    "gen_ai.usage.reasoning.output_tokens": tokens?.reasoning,
    // No convention yet; backends read this one.
    "gen_ai.usage.cost": double(calls[0].step.cost_usd),
  };
}

function asked(task: string | null): string | undefined {
  if (task === null) return undefined;
  return toJson([{ role: "user", parts: [{ type: "text", content: task }] }]);
}

function answered(calls: ModelSpan["calls"]): string {
  const { thinking } = calls[0].step;
  const said = thinking === undefined ? [] : [{ type: "text", content: thinking }];
  const requests = calls.map(({ call }) => ({
    type: "tool_call",
    id: call.id,
    name: call.name,
    arguments: call.arguments,
  }));
  return toJson([{ role: "assistant", parts: [...said, ...requests], finish_reason: "tool_call" }]);
}

function tool({ call, step }: ToolSpan): Attributes {
  return {
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": call.name,
    "gen_ai.tool.type": "function",
    "gen_ai.tool.call.id": call.id,
    "gen_ai.tool.call.arguments": toJson(call.arguments),
    "gen_ai.tool.call.result": step.observation === null ? undefined : resultValue(step.observation).value,
    // The class of error that a tool ended with is not recorded.
    "error.type": step.is_error === true ? "_OTHER" : undefined,
  };
}
