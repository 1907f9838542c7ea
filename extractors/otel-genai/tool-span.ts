import { asRecord, asString, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { attribute, decodeJson, firstText } from "./attributes.ts";
import { argumentsOf, resultText } from "./parts.ts";
import type { Span } from "./span.ts";

const ARGUMENTS = [
  "gen_ai.tool.call.arguments",
  "tool_arguments",
  "ai.toolCall.args",
  "ai.toolCall.input",
  "gcp.vertex.agent.tool_call_args",
  "langfuse.observation.input",
  "recorded.input",
  "input.value",
  "traceloop.entity.input",
  "tool_call.function.arguments",
];

const RESULTS = [
  "gen_ai.tool.call.result",
  "tool_response",
  "ai.toolCall.result",
  "ai.toolCall.output",
  "gcp.vertex.agent.tool_response",
  "langfuse.observation.output",
  "recorded.output",
  "output.value",
  "traceloop.entity.output",
];

/** The tool that a span ran: as its instrumentation names it, else the span's name without the operation. */
export function toolName({ attributes, name }: Span): string {
  return (
    firstText(
      attributes,
      "gen_ai.tool.name",
      "tool.name",
      "ai.toolCall.name",
      "tool_call.function.name",
      "mcp.tool.name",
      "traceloop.entity.name",
    ) ?? name.replace(/^(?:execute_tool |tools\/call |running tool: |tool\.)/, "").replace(/\.tool$/, "")
  );
}

/** The id that ties a tool's span to the model's call. An id that is the tool's name ties nothing. */
export function toolCallId(span: Span): string | undefined {
  const { attributes, events } = span;
  const id =
    firstText(attributes, "gen_ai.tool.call.id", "ai.toolCall.id", "tool_call.id", "tool.id") ??
    events
      .map((event) =>
        /^gen_ai\.(?:tool\.message|choice)$/.test(event.name) ? asString(event.attributes.id) : undefined,
      )
      .find((given) => given) ??
    asString(asRecord(decodeJson(attribute(attributes, "output.value")))?.tool_call_id);
  return id === toolName(span) ? undefined : id;
}

/** What a tool was called with. */
export function toolArguments({ attributes, events }: Span): JsonRecord {
  const message = events.find((event) => event.name === "gen_ai.tool.message");
  const values = [
    ...ARGUMENTS.map((path) => attribute(attributes, path)),
    message?.attributes.content,
    parametersOf(attributes),
  ];
  const given = values.find((value) => value !== undefined && value !== null && value !== "");
  return bareArguments(argumentsOf(given));
}

/** `tool.parameters` holds the arguments for some and the schema for others. */
function parametersOf(attributes: JsonRecord): unknown {
  const parameters = asRecord(decodeJson(attribute(attributes, "tool.parameters")));
  const isSchema =
    parameters !== undefined &&
    ("properties" in parameters ||
      Object.values(parameters).some((value) => asRecord(value)?.type !== undefined));
  return isSchema ? undefined : parameters;
}

/** Python callbacks wrap the arguments: `{args, kwargs}`, or LangChain's `{input_str, inputs, tags, …}`. */
function bareArguments(given: JsonRecord): JsonRecord {
  const inputs = asRecord(given.inputs);
  if (inputs && "input_str" in given) return { ...inputs };
  if ("input_str" in given && "tags" in given) return argumentsOf(given.input_str);
  const kwargs = asRecord(given.kwargs);
  if (kwargs === undefined || !Array.isArray(given.args)) return given;
  return given.args.length > 0 ? { ...kwargs, args: given.args } : { ...kwargs };
}

/** What a tool gave back; null where it was not recorded. */
export function toolResult({ attributes, events, isError, statusMessage }: Span): string | null {
  const choice = events.find((event) => event.name === "gen_ai.choice")?.attributes.message;
  const values = [...RESULTS.map((path) => attribute(attributes, path)), decodeJson(choice)];
  const given = values.find((value) => value !== undefined && value !== null);
  if (given !== undefined) return resultText(langChainContent(given));
  const exception = events.find((event) => event.name === "exception")?.attributes;
  const message = exception === undefined ? undefined : firstText(exception, "exception.message");
  return message ?? (isError ? statusMessage : null);
}

/** LangChain's tool message stands for its content. */
function langChainContent(value: unknown): unknown {
  const decoded = asRecord(decodeJson(value));
  const inner = asRecord(decoded?.output) ?? decoded;
  const message = asRecord(inner?.kwargs) ?? inner;
  const isMessage = message !== undefined && "tool_call_id" in message && "content" in message;
  return isMessage ? message.content : value;
}
