import { asString } from "../../src/extract/toolkit/index.ts";
import { attribute, firstText } from "./attributes.ts";
import type { Span } from "./span.ts";

/** What a span stands for. */
export type SpanKind = "tool" | "model" | "agent" | "other";

const BY_OPERATION: Readonly<Record<string, SpanKind>> = {
  execute_tool: "tool",
  chat: "model",
  text_completion: "model",
  generate_content: "model",
  completion: "model",
  invoke_agent: "agent",
  create_agent: "other",
  embeddings: "other",
};

const BY_DECLARATION: Readonly<Record<string, SpanKind>> = {
  TOOL: "tool",
  LLM: "model",
  GENERATION: "model",
  AGENT: "agent",
};

const BY_AI_SDK: Readonly<Record<string, SpanKind>> = {
  "ai.toolCall": "tool",
  "ai.generateText": "model",
  "ai.generateText.doGenerate": "model",
  "ai.streamText": "model",
  "ai.streamText.doStream": "model",
};

/**
 * What a span stands for, by what its instrumentation says. The conventions' operation is the most exact; a name
 * of a tool without any kind counts only where the span carries what a call has.
 */
export function kindOf(span: Span): SpanKind {
  const { attributes } = span;
  const operation = BY_OPERATION[firstText(attributes, "gen_ai.operation.name") ?? ""];
  if (operation) return operation;
  const declared = firstText(
    attributes,
    "openinference.span.kind",
    "traceloop.span.kind",
    "langfuse.observation.type",
  );
  const ownKind = BY_DECLARATION[(declared ?? "").toUpperCase()];
  if (ownKind) return ownKind;
  const sdk = BY_AI_SDK[firstText(attributes, "ai.operationId") ?? ""];
  if (sdk) return sdk;
  if (isToolCall(span)) return "tool";
  const recorded = BY_DECLARATION[asString(attribute(attributes, "recorded.type")) ?? ""];
  if (recorded) return recorded;
  return isModelCall(span) ? "model" : "other";
}

/** Koog, Pydantic AI, MCP and the first version of the conventions name the tool and no operation. */
function isToolCall({ attributes }: Span): boolean {
  if (firstText(attributes, "mcp.method.name") === "tools/call") return true;
  if (firstText(attributes, "gen_ai.tool.name") === undefined) return false;
  const marks = ["gen_ai.tool.call", "tool_arguments", "tool_response", "input.value"];
  return marks.some((mark) => attribute(attributes, mark) !== undefined);
}

/** OpenLLMetry tells a request by its type; the oldest spans only by what was asked. */
function isModelCall({ attributes }: Span): boolean {
  if (/^(?:chat|completion)$/.test(firstText(attributes, "llm.request.type") ?? "")) return true;
  const marks = ["gen_ai.prompt", "gen_ai.completion", "gen_ai.output.messages", "llm.output_messages"];
  return marks.some((mark) => attribute(attributes, mark) !== undefined);
}
