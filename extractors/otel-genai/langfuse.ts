import { asArray, asRecord, asString, defined, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { decodeJson, expand } from "./attributes.ts";
import { type RawSpan, type RecordSpans, textAt, valueAt } from "./records.ts";
import { millis } from "./span.ts";

const OBSERVATION_TYPES: ReadonlySet<string> = new Set([
  ..."SPAN GENERATION EVENT TOOL AGENT CHAIN RETRIEVER EVALUATOR EMBEDDING GUARDRAIL".split(" "),
]);

/** A Langfuse export: a trace with its observations, both side by side or one inside the other, or an observation. */
export function readLangfuse(record: JsonRecord): RecordSpans | null {
  const observations = asArray(record.observations)
    .map(asRecord)
    .filter((item) => item !== undefined);
  const trace = asRecord(record.trace) ?? (observations.length > 0 ? record : undefined);
  if (isObservation(record)) return { spans: [observationOf(record)], logs: [], inputs: [] };
  if (trace === undefined || !Array.isArray(record.observations)) return null;
  const id = textAt(trace, "id") ?? "";
  return {
    spans: observations.filter(isObservation).map((item) => observationOf({ traceId: id, ...item })),
    logs: [],
    inputs: trace.input === undefined || trace.input === null ? [] : [[id, trace.input]],
  };
}

/** Whether a record is an observation, by the keys that only Langfuse writes. */
export function isObservation(record: JsonRecord): boolean {
  return (
    OBSERVATION_TYPES.has(asString(record.type) ?? "") &&
    textAt(record, "id") !== undefined &&
    valueAt(record, "startTime", "start_time") !== undefined &&
    ("parentObservationId" in record ||
      "parent_observation_id" in record ||
      "traceId" in record ||
      "trace_id" in record)
  );
}

/** What stands outside the attributes is put among them as `recorded`. */
function observationOf(record: JsonRecord): RawSpan {
  const metadata = asRecord(decodeJson(record.metadata)) ?? {};
  const attributes = asRecord(decodeJson(metadata.attributes)) ?? {};
  const usage = asRecord(decodeJson(valueAt(record, "usageDetails", "usage_details", "usage"))) ?? {};
  const own = defined({
    type: record.type,
    input: valueAt(record, "input"),
    output: valueAt(record, "output"),
    model: textAt(record, "model", "providedModelName"),
    cost: valueAt(record, "totalCost", "calculatedTotalCost", "calculated_total_cost"),
    usage: Object.keys(usage).length > 0 ? usage : undefined,
  });
  return {
    trace: textAt(record, "traceId", "trace_id") ?? "",
    id: textAt(record, "id") ?? "",
    parent: textAt(record, "parentObservationId", "parent_observation_id") ?? null,
    name: textAt(record, "name") ?? "",
    start_ms: millis(valueAt(record, "startTime", "start_time")),
    end_ms: millis(valueAt(record, "endTime", "end_time")),
    attributes: expand({ ...attributes, recorded: own }),
    events: [],
    isError: record.level === "ERROR",
    statusMessage: textAt(record, "statusMessage", "status_message") ?? null,
  };
}
