import { toJson } from "../json.ts";
import { type Attributes, double } from "../otlp/message.ts";
import { ownAttributes, resultValue } from "../spans/own-attributes.ts";
import type { AgentSpan, ModelSpan, RunSpan, ToolSpan } from "../spans/run-span.ts";
import type { ExportRun } from "../types.ts";
import { feedback } from "./feedback.ts";

/**
 * A span in the words of OpenInference.
 * Source: https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
 */
export function attributesOf(span: RunSpan, run: ExportRun): Attributes {
  const own = ownAttributes(span);
  if (span.kind === "agent") return { ...agent(span, run), ...own };
  return { ...(span.kind === "model" ? model(span, run) : tool(span)), ...own };
}

function agent({ agent: name, is_root }: AgentSpan, { workspace }: ExportRun): Attributes {
  const task = is_root ? workspace.task : null;
  return {
    "openinference.span.kind": "AGENT",
    "agent.name": name ?? undefined,
    ...(task === null ? {} : { "input.value": task, "input.mime_type": "text/plain" }),
  };
}

function model({ calls, task }: ModelSpan, { workspace }: ExportRun): Attributes {
  const { thinking, tokens, cost_usd } = calls[0].step;
  const total =
    tokens?.input === undefined || tokens.output === undefined ? undefined : tokens.input + tokens.output;
  return {
    "openinference.span.kind": "LLM",
    "llm.model_name": workspace.extraction.agent.model ?? undefined,
    ...(task === null ? {} : message("llm.input_messages.0", "user", task)),
    ...message("llm.output_messages.0", "assistant", thinking),
    ...Object.assign({}, ...calls.map(({ call }, index) => requested(index, call))),
    "llm.token_count.prompt": tokens?.input,
    "llm.token_count.completion": tokens?.output,
    "llm.token_count.total": total,
    "llm.token_count.prompt_details.cache_read": tokens?.cached,
    "llm.token_count.completion_details.reasoning": tokens?.reasoning,
    "llm.cost.total": double(cost_usd),
  };
}

/** Readers look for a list of parts in a content that begins like one: such a text is written as the one part of a list. */
function message(place: string, role: string, content: string | undefined): Attributes {
  const part = `${place}.message.contents.0.message_content`;
  return {
    [`${place}.message.role`]: role,
    ...(content !== undefined && /^\s*\[/.test(content)
      ? { [`${part}.type`]: "text", [`${part}.text`]: content }
      : { [`${place}.message.content`]: content }),
  };
}

function requested(index: number, call: ToolSpan["call"]): Attributes {
  const place = `llm.output_messages.0.message.tool_calls.${index}.tool_call`;
  return {
    [`${place}.id`]: call.id,
    [`${place}.function.name`]: call.name,
    [`${place}.function.arguments`]: toJson(call.arguments),
  };
}

function tool({ call, step, evaluations }: ToolSpan): Attributes {
  const result = step.observation === null ? undefined : resultValue(step.observation);
  return {
    "openinference.span.kind": "TOOL",
    "tool.name": call.name,
    "tool.id": call.id,
    "input.value": toJson(call.arguments),
    "input.mime_type": "application/json",
    "output.value": result?.value,
    "output.mime_type": result?.mime_type,
    ...feedback("", evaluations),
  };
}
