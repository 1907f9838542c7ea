import { asArray, asRecord, asString, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { anyValue, expand, flatAttributes } from "./attributes.ts";
import { millis, type SpanEvent, type SpanLog } from "./span.ts";

/** A span before its place in the file is known. */
export interface RawSpan {
  trace: string;
  id: string;
  parent: string | null;
  name: string;
  start_ms: number | null;
  end_ms: number | null;
  attributes: JsonRecord;
  events: readonly SpanEvent[];
  isError: boolean;
  statusMessage: string | null;
}

/** What one JSON record of a file came to. */
export interface RecordSpans {
  spans: RawSpan[];
  logs: SpanLog[];
  inputs: [trace: string, input: unknown][];
}

/** The first of several keys that holds a text. */
export function textAt(record: JsonRecord, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

/** The first of several keys that is there. */
export function valueAt(record: JsonRecord, ...keys: readonly string[]): unknown {
  for (const key of keys) if (record[key] !== undefined && record[key] !== null) return record[key];
  return undefined;
}

/** The OpenTelemetry SDKs for Python print ids with `0x`. */
export function bareId(id: string): string {
  return id.replace(/^0x/, "");
}

/** A span of OTLP, of an SDK's console exporter, or of a Phoenix export; null where it is none. */
export function spanOf(record: JsonRecord): RawSpan | null {
  const context = asRecord(valueAt(record, "context", "spanContext", "_spanContext")) ?? {};
  const trace =
    textAt(record, "traceId", "trace_id", "traceID", "context.trace_id") ??
    textAt(context, "trace_id", "traceId");
  const id =
    textAt(record, "spanId", "span_id", "spanID", "context.span_id") ??
    textAt(context, "span_id", "spanId") ??
    textAt(record, "id");
  const name = textAt(record, "name", "operationName", "span_name");
  if (trace === undefined || id === undefined || name === undefined) return null;
  const start_ms = timeOf(
    valueAt(record, "startTimeUnixNano", "start_time_unix_nano", "start_time", "startTime", "timestamp"),
  );
  return {
    trace: bareId(trace),
    id: bareId(id),
    parent: parentOf(record),
    name,
    start_ms,
    end_ms:
      timeOf(valueAt(record, "endTimeUnixNano", "end_time_unix_nano", "end_time", "endTime")) ??
      withDuration(start_ms, record.duration),
    attributes: attributesOf(record),
    events: eventsOf(valueAt(record, "events", "logs")),
    ...statusOf(record),
  };
}

/** The JavaScript SDK gives `[seconds, nanoseconds]`. */
function timeOf(value: unknown): number | null {
  const [seconds, nanos] = asArray(value);
  if (typeof seconds === "number" && typeof nanos === "number") return seconds * 1e3 + nanos / 1e6;
  return millis(value);
}

/** Only exporters that count in microseconds give a duration in place of an end. */
function withDuration(start_ms: number | null, duration: unknown): number | null {
  return start_ms !== null && typeof duration === "number" ? start_ms + duration / 1e3 : null;
}

function parentOf(record: JsonRecord): string | null {
  const parent =
    textAt(record, "parentSpanId", "parent_span_id", "parent_id", "parentId", "parentObservationId") ??
    textAt(asRecord(record.parentSpanContext) ?? {}, "spanId") ??
    asArray(record.references)
      .map((reference) => textAt(asRecord(reference) ?? {}, "spanID"))
      .find((id) => id !== undefined);
  return parent === undefined ? null : bareId(parent);
}

function attributesOf(record: JsonRecord): JsonRecord {
  const flat = { ...flatAttributes(valueAt(record, "attributes", "tags")) };
  // A data frame has a column for each attribute; those that a span lacks are null.
  for (const [key, value] of Object.entries(record))
    if (key.startsWith("attributes.") && value !== null) flat[key.slice("attributes.".length)] = value;
  const kind = asString(record.span_kind);
  if (kind !== undefined && kind !== "UNKNOWN") flat["openinference.span.kind"] ??= kind;
  return expand(flat);
}

function eventsOf(events: unknown): SpanEvent[] {
  return asArray(events)
    .map(asRecord)
    .filter((event) => event !== undefined)
    .map((event) => {
      const flat = flatAttributes(event.attributes ?? event.fields);
      return {
        name: textAt(event, "name") ?? textAt(flat, "event", "event.name") ?? "",
        attributes: expand(flat),
      };
    });
}

function statusOf(record: JsonRecord): Pick<RawSpan, "isError" | "statusMessage"> {
  const status = asRecord(record.status) ?? {};
  const code = String(valueAt(status, "code", "status_code", "statusCode") ?? record.status_code ?? "");
  const message =
    textAt(status, "message", "description") ?? textAt(record, "status_message", "statusMessage");
  const isError = code === "2" || /(?:^|_)ERROR$/i.test(code) || record.level === "ERROR";
  return { isError, statusMessage: message ?? null };
}

/** A log record of OTLP that names its span; null for others. */
export function logOf(record: JsonRecord): SpanLog | null {
  const span = textAt(record, "spanId", "span_id");
  if (span === undefined) return null;
  const flat = flatAttributes(record.attributes);
  const name = textAt(record, "eventName", "event_name") ?? textAt(flat, "event.name", "event_name") ?? "";
  const body = anyValue(record.body);
  return { span, name, attributes: expand({ ...flat, ...(asRecord(body) ?? { content: body }) }) };
}
