import { z } from "zod";

/**
 * Lines of OTLP/JSON. Source: https://github.com/open-telemetry/opentelemetry-proto (trace.proto, logs.proto, common.proto), with
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding: ids in hexadecimal, 64-bit integers as text.
 */
const Nanoseconds = z.string().regex(/^[1-9]\d{17,18}$/);
const TraceId = z.string().regex(/^(?!0+$)[0-9a-f]{32}$/);
const SpanId = z.string().regex(/^(?!0+$)[0-9a-f]{16}$/);
const Value = z.union([
  z.strictObject({ stringValue: z.string().refine((text) => text.isWellFormed()) }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
  z.strictObject({ doubleValue: z.number() }),
]);
const Attributes = z
  .array(z.strictObject({ key: z.string().min(1), value: Value }))
  .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, "a key comes twice");
const Resource = z.strictObject({ attributes: Attributes });
const Scope = z.strictObject({ name: z.string(), version: z.string() });

const Span = z
  .strictObject({
    traceId: TraceId,
    spanId: SpanId,
    parentSpanId: SpanId.optional(),
    name: z.string().min(1),
    kind: z.literal([1, 3]),
    startTimeUnixNano: Nanoseconds,
    endTimeUnixNano: Nanoseconds,
    attributes: Attributes,
    links: z.array(z.strictObject({ traceId: TraceId, spanId: SpanId })).optional(),
    status: z.strictObject({ code: z.literal(2).optional() }),
  })
  .refine((span) => BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano));

const SpansLine = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: Resource,
      scopeSpans: z.array(z.strictObject({ scope: Scope, spans: z.array(Span).min(1) })),
    }),
  ),
});

const Event = z.strictObject({
  timeUnixNano: Nanoseconds,
  observedTimeUnixNano: Nanoseconds,
  severityNumber: z.literal(9),
  severityText: z.literal("INFO"),
  eventName: z.string(),
  attributes: Attributes,
  traceId: TraceId,
  spanId: SpanId,
});

const EventsLine = z.strictObject({
  resourceLogs: z.array(
    z.strictObject({
      resource: Resource,
      scopeLogs: z.array(z.strictObject({ scope: Scope, logRecords: z.array(Event).min(1) })),
    }),
  ),
});

/** A span with its attributes by name. */
type ReadSpan = Omit<z.infer<typeof Span>, "attributes"> & { attributes: Record<string, unknown> };
/** An event with its attributes by name. */
type ReadEvent = Omit<z.infer<typeof Event>, "attributes"> & { attributes: Record<string, unknown> };

/** The spans of lines that have OTLP's shape; throws for others. */
export function spansIn(lines: string): ReadSpan[] {
  return records(lines).flatMap((line) =>
    SpansLine.parse(line).resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) =>
        spans.map((span) => ({ ...span, attributes: byName(span.attributes) })),
      ),
    ),
  );
}

/** The events of lines that have OTLP's shape; throws for others. */
export function eventsIn(lines: string): ReadEvent[] {
  return records(lines).flatMap((line) =>
    EventsLine.parse(line).resourceLogs.flatMap(({ scopeLogs }) =>
      scopeLogs.flatMap(({ logRecords }) =>
        logRecords.map((event) => ({ ...event, attributes: byName(event.attributes) })),
      ),
    ),
  );
}

function records(lines: string): unknown[] {
  return lines.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as unknown]));
}

function byName(attributes: z.infer<typeof Attributes>): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
