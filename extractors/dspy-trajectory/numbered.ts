import { asString, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { keyLines } from "../_documents/key-lines.ts";
import type { Document } from "../_documents/places.ts";
import type { Entry } from "./steps.ts";

/**
 * The entries of a trajectory that is one object with numbered keys, as `dspy.ReAct` (thought_0, tool_name_0,
 * tool_args_0, observation_0) and `dspy.CodeAct` (generated_code_0, code_output_0) leave it. A long run may have lost
 * its first numbers, which DSPy drops when the prompt grows too large.
 */
export function numberedEntries(document: Document, keys: readonly string[], record: JsonRecord): Entry[] {
  const lines = keyLines(document, keys);
  const numbers = new Set<number>();
  for (const key of Object.keys(record)) {
    const number = /_(\d+)$/.exec(key)?.[1];
    if (number !== undefined) numbers.add(Number(number));
  }
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => {
      const own = Object.keys(record).filter((key) => key.endsWith(`_${number}`));
      const spans = own.map((key) => lines.get(key)).filter((span) => span !== undefined);
      const ref =
        spans.length === 0
          ? document.ref
          : {
              path: document.ref.path,
              line_start: Math.min(...spans.map((span) => span.line_start)),
              line_end: Math.max(...spans.map((span) => span.line_end)),
            };
      return { record: entryOf(record, number), ref };
    });
}

function entryOf(record: JsonRecord, number: number): JsonRecord {
  const field = (name: string): unknown => record[`${name}_${number}`];
  const code = asString(field("generated_code"));
  return {
    thought: field("thought") ?? field("reasoning"),
    tool_name: field("tool_name"),
    tool_args: field("tool_args"),
    code,
    // Of code that did not run, CodeAct records an observation in place of an output.
    tool_output: field("observation") ?? field("code_output"),
  };
}
