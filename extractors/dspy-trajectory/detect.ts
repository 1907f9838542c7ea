import {
  asArray,
  asRecord,
  type Detection,
  NOT_MINE,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import { headOf } from "../_documents/rows.ts";
import { shapeOf } from "./shape.ts";

const MARK = /"(?:tool_call|tool_name_\d+|generated_code_\d+|code|task_id)"\s*:/;

const REASONS = {
  calls: { confidence: 0.9, reason: "steps with tool_call and tool_output" },
  numbered: { confidence: 0.9, reason: "a trajectory with numbered thoughts, tools and observations" },
  code: { confidence: 0.75, reason: "a trajectory of reasoning, code and output" },
} as const;

/** Looks at the first records of the file. */
export function detect(run: RunFiles): Detection {
  if (run.focus === null) return NOT_MINE;
  const head = headOf(run, run.focus, MARK);
  const values = head?.values.flatMap((value) => [value, ...asArray(value)]) ?? [];
  for (const value of values) {
    const shape = shapeOf(value);
    if (shape && (shape.kind !== "calls" || isNamed(value))) return REASONS[shape.kind];
  }
  return NOT_MINE;
}

/** A list of calls is known by its wrapper, or by entries that name a module. */
function isNamed(value: unknown): boolean {
  return asRecord(value) !== undefined || asArray(value).some((entry) => "module" in (asRecord(entry) ?? {}));
}
