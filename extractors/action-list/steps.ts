import {
  asRecord,
  asString,
  type JsonRecord,
  type Ref,
  renderAction,
  type Step,
  StepBuilder,
} from "../../src/extract/toolkit/index.ts";
import { exitCode, firstText, firstValue, outputText, timeOf } from "../_documents/fields.ts";
import { parseJson } from "../_documents/parse.ts";
import { joinThoughts } from "../_traj/thinking.ts";
import { OUTPUT_KEYS } from "./shape.ts";

/** The steps of a list, how many entries name no action, and whether states stand for outputs. */
export interface ReadSteps {
  steps: Step[];
  idle: number;
  byState: boolean;
}

/** One step for each entry that names an action. */
export function readSteps(entries: readonly { record: JsonRecord; ref: Ref }[]): ReadSteps {
  const builder = new StepBuilder();
  const byState = entries.length > 0 && !entries.some(({ record }) => hasOutput(record));
  let carried: (string | undefined)[] = [];
  let idle = 0;
  for (const { record, ref } of entries) {
    const action = actionOf(record);
    const thought = firstText(record, ["thought", "reasoning", "thinking", "rationale"]);
    if (!action) {
      idle++;
      carried.push(thought);
      continue;
    }
    const output = byState ? record.state : firstValue(record, OUTPUT_KEYS);
    const observation = outputText(output);
    builder.add({
      ...action,
      action_ref: ref,
      observation,
      observation_ref: observation === null ? null : ref,
      thinking: joinThoughts([...carried, thought]),
      exit_code: exitCode(record, asRecord(output)),
      started_at: timeOf(record.timestamp),
    });
    carried = [];
  }
  return { steps: builder.steps, idle, byState: byState && builder.steps.length > 0 };
}

function hasOutput(record: JsonRecord): boolean {
  return OUTPUT_KEYS.some((key) => key in record);
}

interface Action {
  action: string;
  tool?: string;
  arguments?: JsonRecord;
}

const ARGUMENT_KEYS = ["arguments", "args", "action_input", "action_args", "params", "parameters", "input"];

/** An action is a command, a tool's name with arguments beside it, or an object with both. */
function actionOf(record: JsonRecord): Action | null {
  const text = asString(record.action);
  if (text !== undefined) {
    if (text.trim() === "") return null;
    const args = argumentsOf(record);
    return args && /^[\w.:-]+$/.test(text) ? call(text, args) : { action: text };
  }
  const object = asRecord(record.action);
  if (!object || Object.keys(object).length === 0) return null;
  const key = ["tool", "name", "tool_name", "function", "type", "action", "action_type"].find((name) =>
    asString(object[name]),
  );
  if (key === undefined) {
    const command = asString(object.command);
    return { action: command ?? JSON.stringify(object), arguments: object };
  }
  const { [key]: name, ...rest } = object;
  return call(String(name), argumentsOf(object) ?? rest);
}

function argumentsOf(record: JsonRecord): JsonRecord | undefined {
  const value = firstValue(record, ARGUMENT_KEYS);
  if (value === undefined) return undefined;
  return (
    asRecord(value) ?? asRecord(typeof value === "string" ? parseJson(value) : undefined) ?? { input: value }
  );
}

function call(tool: string, args: JsonRecord): Action {
  return { action: renderAction(tool, args), tool, arguments: args };
}
