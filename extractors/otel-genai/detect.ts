import { type Detection, NOT_MINE, type RunFiles, skipValue } from "../../src/extract/toolkit/index.ts";

const HEAD_BYTES = 256 << 10;

/** What only spans of models and tools hold. */
const MARK =
  /gen_ai\.|openinference|llm\.(?:input|output)_messages|traceloop\.|"(?:ai|attributes\.llm)\.[a-zA-Z.]+"|"span_kind"\s*:\s*"(?:LLM|TOOL|AGENT|CHAIN)"/;

const has = (keys: ReadonlySet<string>, ...names: readonly string[]): boolean =>
  names.some((name) => keys.has(name));

/** Looks at the keys of the first record, and for a mark of models or tools in the whole file. */
export function detect(run: RunFiles): Detection {
  const path = run.focus;
  if (path === null) return NOT_MINE;
  const head = run.head(path, HEAD_BYTES);
  const shape = shapeOf(head, 0);
  if (shape === null) return NOT_MINE;
  if (shape === "Langfuse") return { confidence: 0.92, reason: "Langfuse observations" };
  if (MARK.test(head)) return { confidence: 0.92, reason: `${shape} of a model or a tool` };
  for (const { text } of run.lines(path))
    if (MARK.test(text)) return { confidence: 0.92, reason: `${shape} of a model or a tool` };
  return { confidence: 0, reason: `${shape}, none of a model or a tool` };
}

type Shape = "OTLP spans" | "spans" | "Langfuse";

function shapeOf(text: string, nesting: number): Shape | null {
  const start = text.search(/\S/);
  const open = text[start] === "[" ? text.indexOf("{", start) : start;
  if (open < 0 || text[open] !== "{" || !/^[[\s]*$/.test(text.slice(start, open)) || nesting > 3) return null;
  const values = topValues(text, open);
  const keys = new Set(values.keys());
  if (has(keys, "resourceSpans", "resource_spans", "batches", "resourceLogs", "resource_logs"))
    return "OTLP spans";
  if (isLangfuse(keys, values)) return "Langfuse";
  if (isSpan(keys)) return "spans";
  for (const key of ["data", "spans", "traces", "items", "result", "trace"]) {
    const at = values.get(key);
    if (at === undefined) continue;
    const inner = shapeOf(text.slice(at), nesting + 1);
    if (inner !== null) return inner;
  }
  return null;
}

function isSpan(keys: ReadonlySet<string>): boolean {
  const hasTrace = has(
    keys,
    "traceId",
    "trace_id",
    "traceID",
    "context",
    "context.trace_id",
    "spanContext",
    "_spanContext",
  );
  const hasId = has(
    keys,
    "spanId",
    "span_id",
    "spanID",
    "id",
    "context",
    "context.span_id",
    "spanContext",
    "_spanContext",
  );
  const hasTime = has(
    keys,
    "startTimeUnixNano",
    "start_time_unix_nano",
    "start_time",
    "startTime",
    "timestamp",
  );
  return hasTrace && hasId && hasTime && has(keys, "name", "operationName", "span_name");
}

/** A head may end inside the trace: then what Langfuse alone writes there must do. */
function isLangfuse(keys: ReadonlySet<string>, values: ReadonlyMap<string, number>): boolean {
  if (has(keys, "observations")) return has(keys, "trace", "projectId", "htmlPath", "timestamp");
  const isItem =
    has(keys, "parentObservationId", "parent_observation_id") ||
    (has(keys, "completionStartTime") && has(keys, "traceId"));
  return isItem && values.has("type");
}

/** Where the values of an object's own keys begin, as far as the text goes. */
function topValues(text: string, open: number): Map<string, number> {
  const values = new Map<string, number>();
  const key = /[\s,]*"((?:[^"\\]|\\.)*)"\s*:\s*/y;
  let at = open + 1;
  for (;;) {
    key.lastIndex = at;
    const match = key.exec(text);
    if (!match) return values;
    values.set(match[1] ?? "", key.lastIndex);
    at = skipValue(text, key.lastIndex);
  }
}
