import { asArray, asRecord, at, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import type { RunShape } from "../_documents/rows.ts";

/** Where a run's steps stand in its record, and how they are written. */
export interface Shape {
  /** `calls`: entries with tool_call; `numbered`: thought_0, tool_name_0, …; `code`: entries with code and output. */
  kind: "calls" | "numbered" | "code";
  keys: readonly string[];
}

const LIST_KEYS = ["steps", "trajectory", "trace"];
const PLACES: readonly (readonly string[])[] = [
  ...LIST_KEYS.map((key) => [key]),
  ["prediction", "trajectory"],
  ["output", "trajectory"],
];

/** The shape of a record; null where it is no run of this format. */
export function shapeOf(value: unknown): Shape | null {
  if (Array.isArray(value)) return listKind(value) === "calls" ? { kind: "calls", keys: [] } : null;
  const record = asRecord(value);
  if (!record) return null;
  if (isNumbered(record)) return { kind: "numbered", keys: [] };
  for (const keys of PLACES) {
    const found = at(record, ...keys);
    if (Array.isArray(found)) {
      const kind = listKind(found);
      if (kind !== null) return { kind, keys };
    }
    if (isNumbered(asRecord(found))) return { kind: "numbered", keys };
  }
  return isEmptyRun(record) ? { kind: "calls", keys: ["steps"] } : null;
}

/** What beside the steps is known of a run. */
export function recordOf(value: unknown): JsonRecord | undefined {
  return asRecord(value);
}

/** A run that failed before its first step. */
function isEmptyRun(record: JsonRecord): boolean {
  return (
    Array.isArray(record.steps) &&
    record.steps.length === 0 &&
    record.task_id !== undefined &&
    record.status !== undefined
  );
}

function listKind(list: readonly unknown[]): "calls" | "code" | null {
  const entries = asArray(list).map(asRecord);
  if (entries.some((entry) => entry && isCallEntry(entry))) return "calls";
  const isCode = (entry: JsonRecord | undefined): boolean =>
    entry !== undefined && "code" in entry && "output" in entry && "reasoning" in entry;
  return entries.length > 0 && entries.every(isCode) ? "code" : null;
}

function isCallEntry(entry: JsonRecord): boolean {
  return "tool_call" in entry && ["tool_output", "thought", "module"].some((key) => key in entry);
}

function isNumbered(record: JsonRecord | undefined): boolean {
  const isMark = (key: string): boolean => /^(?:tool_name|generated_code)_\d+$/.test(key);
  return record !== undefined && Object.keys(record).some(isMark);
}

/** How runs of this format are told apart. */
export const SHAPE: RunShape = { isRun: (value) => shapeOf(value) !== null, listKeys: LIST_KEYS };
