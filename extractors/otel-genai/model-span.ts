import {
  asCount,
  asRecord,
  asString,
  defined,
  type JsonRecord,
  type Tokens,
} from "../../src/extract/toolkit/index.ts";
import { attribute, decodeJson, expand, firstNumber, firstText, listOf } from "./attributes.ts";
import { type Message, messagesOf } from "./messages.ts";
import type { Span, SpanEvent } from "./span.ts";

/** Where each instrumentation keeps what a model was given, the most structured first. */
const INPUTS = [
  "gen_ai.input.messages",
  "llm.input_messages",
  "gen_ai.prompt",
  "ai.prompt.messages",
  "ai.prompt",
  "gcp.vertex.agent.llm_request",
  "langfuse.observation.input",
  "recorded.input",
  "input.value",
  "traceloop.entity.input",
];

const OUTPUTS = [
  "gen_ai.output.messages",
  "llm.output_messages",
  "gen_ai.completion",
  "gcp.vertex.agent.llm_response",
  "langfuse.observation.output",
  "recorded.output",
  "output.value",
  "traceloop.entity.output",
];

/** The conversation that a model was given. */
export function inputMessages(span: Span): Message[] {
  const events = eventMessages(span, (name) =>
    /^gen_ai\.(?:system|user|assistant|tool)\.message$/.test(name),
  );
  return events.length > 0 ? events : fullest(valuesAt(span, INPUTS), "user");
}

/** What a model answered. */
export function outputMessages(span: Span): Message[] {
  const events = eventMessages(span, (name) => name === "gen_ai.choice");
  const values = [...valuesAt(span, OUTPUTS), ...aiSdkAnswer(span.attributes)];
  const found = [events, ...values.map((value) => messagesOf(value, "assistant"))].filter(isSaying);
  return found.find((messages) => messages.some((message) => message.calls.length > 0)) ?? found[0] ?? [];
}

/** Frameworks that keep a whole conversation on the agent's span, and none on the model's. */
export function agentMessages(span: Span): Message[] {
  const values = valuesAt(span, [
    "pydantic_ai.all_messages",
    "all_messages_events",
    "gen_ai.output.messages",
  ]);
  return fullest(values, "assistant");
}

function isSaying(messages: readonly Message[]): boolean {
  return messages.some(({ texts, reasoning, calls }) => texts.length + reasoning.length + calls.length > 0);
}

/** The first that holds a conversation: text alone is taken only where nothing has more structure. */
function fullest(values: readonly unknown[], role: string): Message[] {
  const found = values.map((value) => messagesOf(value, role)).filter((messages) => messages.length > 0);
  const isExchange = (messages: readonly Message[]): boolean =>
    messages.length > 1 || messages.some(({ calls, results }) => calls.length + results.length > 0);
  return found.find(isExchange) ?? found[0] ?? [];
}

function valuesAt({ attributes, events }: Span, paths: readonly string[]): unknown[] {
  const trees = [attributes, ...events.map((event) => event.attributes)];
  return paths
    .flatMap((path) => trees.map((tree) => indexed(attribute(tree, path))))
    .filter((value) => value !== undefined);
}

/** `gen_ai.prompt.0.role` and its like are a list whose indices became keys. */
function indexed(value: unknown): unknown {
  const record = asRecord(value);
  const isList = record !== undefined && Object.keys(record).some((key) => /^\d+$/.test(key));
  return isList ? listOf(record).map(withLists) : value;
}

function withLists(value: unknown): unknown {
  const outer = asRecord(value);
  if (!outer) return value;
  const inner = asRecord(outer.message);
  const record = inner ?? outer;
  const lists: JsonRecord = {};
  for (const key of ["tool_calls", "contents"]) if (asRecord(record[key])) lists[key] = listOf(record[key]);
  return { ...record, ...lists };
}

/** The AI SDK keeps text, reasoning and calls apart. */
function aiSdkAnswer(attributes: JsonRecord): unknown[] {
  const calls = listOf(attribute(attributes, "ai.response.toolCalls"));
  const text = firstText(attributes, "ai.response.text");
  const reasoning = firstText(attributes, "ai.response.reasoning");
  if (calls.length === 0 && text === undefined && reasoning === undefined) return [];
  return [{ role: "assistant", content: text ?? "", ...defined({ reasoning }), tool_calls: calls }];
}

/** Events of a span, log records, and Pydantic AI's list of events in an attribute. */
function eventMessages({ attributes, events }: Span, isWanted: (name: string) => boolean): Message[] {
  const listed = listOf(attribute(attributes, "events"))
    .map(asRecord)
    .filter((event) => event !== undefined)
    .map((event): SpanEvent => ({ name: asString(event["event.name"]) ?? "", attributes: event }));
  return [...events, ...listed].filter(({ name }) => isWanted(name)).flatMap(messageOfEvent);
}

function messageOfEvent({ name, attributes }: SpanEvent): Message[] {
  const body = asRecord(decodeJson(attribute(attributes, "gen_ai.event.content"))) ?? {};
  const all = { ...attributes, ...body };
  const choice = decodeJson(all.message);
  const role = name === "gen_ai.choice" ? "assistant" : (name.split(".")[1] ?? "user");
  if (Array.isArray(choice)) return messagesOf(choice, role);
  const given = asRecord(choice) ?? all;
  const content = decodeJson(given.content);
  const calls = listOf(given.tool_calls ?? all.tool_calls);
  const message = {
    role,
    ...expand(given),
    ...(Array.isArray(content) ? { content } : {}),
    tool_calls: calls,
  };
  return messagesOf(message, role);
}

/** Tokens of a model's answer; undefined where none were recorded. */
export function tokensOf({ attributes }: Span): Tokens | undefined {
  const count = (...paths: readonly string[]): number | undefined =>
    asCount(firstNumber(attributes, ...paths));
  const cached = count(
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_read_input_tokens",
    "llm.token_count.prompt_details.cache_read",
    "ai.usage.cachedInputTokens",
    "recorded.usage.input_cached_tokens",
    "recorded.usage.cache_read_input_tokens",
  );
  const tokens = defined({
    input: count(
      "gen_ai.usage.input_tokens",
      "gen_ai.usage.prompt_tokens",
      "llm.token_count.prompt",
      "ai.usage.inputTokens",
      "ai.usage.promptTokens",
      "llm.usage.prompt_tokens",
      "recorded.usage.input",
      "recorded.usage.promptTokens",
    ),
    output: count(
      "gen_ai.usage.output_tokens",
      "gen_ai.usage.completion_tokens",
      "llm.token_count.completion",
      "ai.usage.outputTokens",
      "ai.usage.completionTokens",
      "llm.usage.completion_tokens",
      "recorded.usage.output",
      "recorded.usage.completionTokens",
    ),
    cached,
    reasoning: count(
      "gen_ai.usage.reasoning.output_tokens",
      "llm.token_count.completion_details.reasoning",
      "ai.usage.reasoningTokens",
      "gen_ai.usage.details.reasoning_tokens",
      "gen_ai.usage.details.thoughts_tokens",
    ),
  });
  return Object.keys(tokens).length > 0 ? tokens : undefined;
}

/** Dollars of a model's answer, where recorded and not nought: nought stands for a price that is not known. */
export function costOf({ attributes }: Span): number | undefined {
  const cost = firstNumber(
    attributes,
    "llm.cost.total",
    "gen_ai.usage.cost",
    "operation.cost",
    "recorded.cost",
  );
  return cost === 0 ? undefined : cost;
}

/** The model that answered. */
export function modelOf({ attributes }: Span): string | undefined {
  return firstText(
    attributes,
    "gen_ai.response.model",
    "gen_ai.request.model",
    "llm.model_name",
    "ai.response.model",
    "ai.model.id",
    "recorded.model",
  );
}
