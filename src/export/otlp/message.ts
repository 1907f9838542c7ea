import { toJson } from "../json.ts";

/** What an attribute may hold. Objects are written as JSON text by whoever sets them. */
type AttributeValue = string | number | boolean | Double;
/** A number that stays a double where it happens to be whole: an attribute has one type in all spans. */
interface Double {
  double: number;
}
/** Attributes by name; undefined = left out. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

/** A span as OTLP/JSON has it, before its attributes are wrapped. */
export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  /** 1 INTERNAL, 3 CLIENT. */
  kind: 1 | 3;
  start: bigint;
  end: bigint;
  attributes: Attributes;
  isError: boolean;
  links?: readonly { traceId: string; spanId: string }[];
}

/** A log record of OTLP/JSON that is an event of a span. */
export interface OtlpEvent {
  traceId: string;
  spanId: string;
  name: string;
  time: bigint;
  attributes: Attributes;
}

/** Who exports: the resource and the scope that stand around spans and events. */
export interface Scope {
  resource: Attributes;
  version: string;
}

/** Receivers limit a message's size; a line is one message. */
const SPANS_A_LINE = 64;

/**
 * Spans as JSON lines of `ExportTraceServiceRequest`.
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding and https://github.com/open-telemetry/opentelemetry-proto
 */
export function spanLines(spans: readonly OtlpSpan[], scope: Scope): string {
  return lines(spans.map(spanRecord), (records) => ({
    resourceSpans: [{ resource: resourceOf(scope), scopeSpans: [{ ...scopeOf(scope), spans: records }] }],
  }));
}

/** Events as JSON lines of `ExportLogsServiceRequest`. No events are no lines. */
export function eventLines(events: readonly OtlpEvent[], scope: Scope): string {
  return lines(events.map(eventRecord), (records) => ({
    resourceLogs: [{ resource: resourceOf(scope), scopeLogs: [{ ...scopeOf(scope), logRecords: records }] }],
  }));
}

function lines(records: readonly object[], message: (records: readonly object[]) => object): string {
  let text = "";
  for (let at = 0; at < records.length; at += SPANS_A_LINE)
    text += `${toJson(message(records.slice(at, at + SPANS_A_LINE)))}\n`;
  return text;
}

function resourceOf({ resource }: Scope): object {
  return { attributes: keyValues(resource) };
}

function scopeOf({ version }: Scope): object {
  return { scope: { name: "codetracer", version } };
}

function spanRecord(span: OtlpSpan): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === null ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: String(span.start),
    endTimeUnixNano: String(span.end),
    attributes: keyValues(span.attributes),
    ...(span.links === undefined ? {} : { links: span.links }),
    status: span.isError ? { code: 2 } : {},
  };
}

function eventRecord({ traceId, spanId, name, time, attributes }: OtlpEvent): object {
  return {
    timeUnixNano: String(time),
    observedTimeUnixNano: String(time),
    severityNumber: 9,
    severityText: "INFO",
    eventName: name,
    attributes: keyValues(attributes),
    traceId,
    spanId,
  };
}

function keyValues(attributes: Attributes): object[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: AttributeValue): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "object") return { doubleValue: value.double };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** A number as a double attribute; null and undefined are left out. */
export function double(value: number | null | undefined): Double | undefined {
  return value === null || value === undefined ? undefined : { double: value };
}
