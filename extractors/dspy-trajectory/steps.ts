import {
  asRecord,
  asString,
  at,
  defined,
  type JsonRecord,
  type Ref,
  type Step,
  StepBuilder,
} from "../../src/extract/toolkit/index.ts";
import { exitCode, firstText, firstValue, outputText, timeOf } from "../_documents/fields.ts";
import { parseJson } from "../_documents/parse.ts";
import { type Document, entriesOf } from "../_documents/places.ts";
import { joinThoughts } from "../_traj/thinking.ts";
import { callsOf } from "./calls.ts";
import { numberedEntries } from "./numbered.ts";
import type { Shape } from "./shape.ts";

/** An entry of a run's steps. */
export interface Entry {
  record: JsonRecord;
  ref: Ref;
}

/** The steps of a run, and how many entries made no call. */
export interface ReadSteps {
  steps: Step[];
  idle: number;
}

/** One step for each tool call; thoughts of entries without one are kept for the next step. */
export function readSteps(document: Document, shape: Shape): ReadSteps {
  const builder = new StepBuilder();
  let carried: (string | undefined)[] = [];
  let idle = 0;
  let groups = 0;
  for (const { record, ref } of entriesIn(document, shape)) {
    const calls = callsOf(record, shape.kind);
    const thoughts = [firstText(record, ["thought", "reasoning", "thinking", "rationale"])];
    if (calls.length === 0) {
      idle++;
      carried.push(...thoughts);
      continue;
    }
    if (calls.length > 1) groups++;
    const outputs = outputsFor(calls.length, outputOf(record));
    for (const [index, call] of calls.entries()) {
      const output = outputs[index];
      const observation = outputText(output);
      builder.add({
        ...call,
        action_ref: ref,
        observation,
        observation_ref: observation === null ? null : ref,
        thinking: joinThoughts(index === 0 ? [...carried, ...thoughts] : thoughts),
        exit_code: exitCode(record, asRecord(output)),
        started_at: timeOf(firstValue(record, ["timestamp", "started_at"])),
        ...defined({ parallel_group: calls.length > 1 ? groups : undefined }),
      });
    }
    carried = [];
  }
  return { steps: builder.steps, idle };
}

function entriesIn(document: Document, { kind, keys }: Shape): Entry[] {
  if (kind === "numbered") {
    const record = asRecord(keys.length === 0 ? document.value : at(document.value, ...keys)) ?? {};
    return numberedEntries(document, keys, record);
  }
  return entriesOf(document, keys).map(({ value, ref }) => ({ record: asRecord(value) ?? {}, ref }));
}

function outputOf(record: JsonRecord): unknown {
  return firstValue(record, ["tool_output", "observation", "output"]);
}

/** Several calls of one entry: a list of as many outputs is one each; else the last call has what came back. */
function outputsFor(calls: number, output: unknown): unknown[] {
  if (calls === 1) return [output];
  const listed = Array.isArray(output) ? output : parseJson(asString(output) ?? "");
  if (Array.isArray(listed) && listed.length === calls) return listed;
  return [...new Array<undefined>(calls - 1).fill(undefined), output];
}
