import { asArray, asRecord, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { logOf, type RecordSpans, spanOf, valueAt } from "./records.ts";

/** The spans and logs of an OTLP message: `resourceSpans`, Tempo's `batches`, their older and protobuf spellings. */
export function readOtlp(record: JsonRecord): RecordSpans | null {
  const message = asRecord(record.trace) ?? record;
  const groups = valueAt(message, "resourceSpans", "resource_spans", "batches");
  const logs = valueAt(message, "resourceLogs", "resource_logs");
  if (!Array.isArray(groups) && !Array.isArray(logs)) return null;
  return {
    spans: inScopes(groups, ["scopeSpans", "scope_spans", "instrumentationLibrarySpans"], ["spans"])
      .map(spanOf)
      .filter((span) => span !== null),
    logs: inScopes(logs, ["scopeLogs", "scope_logs"], ["logRecords", "log_records"])
      .map(logOf)
      .filter((log) => log !== null),
    inputs: [],
  };
}

function inScopes(groups: unknown, scopeKeys: readonly string[], itemKeys: readonly string[]): JsonRecord[] {
  const below = (record: unknown, keys: readonly string[]): JsonRecord[] =>
    asArray(valueAt(asRecord(record) ?? {}, ...keys))
      .map(asRecord)
      .filter((item) => item !== undefined);
  return asArray(groups).flatMap((group) =>
    below(group, scopeKeys).flatMap((scope) => below(scope, itemKeys)),
  );
}
