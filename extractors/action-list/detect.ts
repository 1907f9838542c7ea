import {
  asArray,
  asRecord,
  type Detection,
  NOT_MINE,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import { headOf } from "../_documents/rows.ts";
import { entryKind, listPath } from "./shape.ts";

/** Looks at the entries at the head of the file. */
export function detect(run: RunFiles): Detection {
  if (run.focus === null) return NOT_MINE;
  const values = headOf(run, run.focus, /"action"\s*:/)?.values ?? [];
  const lists = values.length > 1 && values.every(asRecord) ? [values, ...values] : values;
  for (const list of lists.flatMap(withRuns)) {
    const keys = listPath(list);
    if (keys === null) continue;
    const entries = asArray(keys[0] === undefined ? list : asRecord(list)?.[keys[0]]);
    const isFull = entries.some((entry) => entryKind(entry) === "full");
    return isFull
      ? { confidence: 0.85, reason: "entries with action, state, timestamp and output" }
      : { confidence: 0.7, reason: "entries with action and two of output, state and timestamp" };
  }
  return NOT_MINE;
}

/** A value, and the runs in it where it is a list of them. */
function withRuns(value: unknown): unknown[] {
  return Array.isArray(value) ? [value, ...value.slice(0, 3)] : [value];
}
