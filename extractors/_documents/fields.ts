import {
  asNumber,
  asRecord,
  asString,
  contentText,
  type JsonRecord,
  type Outcome,
  UNKNOWN_OUTCOME,
} from "../../src/extract/toolkit/index.ts";

/** The first of these keys whose value is a string with something in it. */
export function firstText(record: JsonRecord | undefined, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = asString(record?.[key]);
    if (text !== undefined && text.trim() !== "") return text;
  }
  return undefined;
}

/** The first of these keys that is there with a value other than null. */
export function firstValue(record: JsonRecord | undefined, keys: readonly string[]): unknown {
  for (const key of keys) if (record?.[key] !== undefined && record[key] !== null) return record[key];
  return undefined;
}

/** Output as text: strings as they are, standard output before standard error, anything else as JSON. null = none. */
export function outputText(output: unknown): string | null {
  if (output === undefined || output === null) return null;
  if (typeof output === "string") return output;
  const record = asRecord(output);
  const streams = [asString(record?.stdout), asString(record?.stderr)].filter((text) => text !== undefined);
  if (streams.length > 0) return streams.filter((text) => text !== "").join("\n");
  const text = Array.isArray(output) ? contentText(output) : undefined;
  return text ?? JSON.stringify(output);
}

/** A process's exit status, beside the output or in it. */
export function exitCode(...records: readonly (JsonRecord | undefined)[]): number | undefined {
  for (const record of records) {
    for (const key of ["exit_code", "exitCode", "returncode", "return_code"]) {
      const code = asNumber(record?.[key]);
      if (code !== undefined && Number.isInteger(code)) return code;
    }
  }
  return undefined;
}

/** A recorded time as ISO 8601; undefined where it is neither that nor seconds or milliseconds since 1970. */
export function timeOf(value: unknown): string | undefined {
  const text = asString(value);
  if (text !== undefined) return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ? text : undefined;
  const number = asNumber(value);
  if (number === undefined || number < 1e8 || number > 1e14) return undefined;
  return new Date(number < 1e11 ? number * 1000 : number).toISOString();
}

/** The verdict that stands beside a run in its own record, and the agent's word for the end. */
export function outcomeOf(record: JsonRecord | undefined, path: string): Outcome {
  const isVerdict = (key: string): boolean => typeof record?.[key] === "boolean";
  const verdict = ["resolved", "is_resolved"].find(isVerdict);
  const reward = ["reward", "score"].find((key) => asNumber(record?.[key]) !== undefined);
  const key = verdict ?? reward;
  return {
    ...UNKNOWN_OUTCOME,
    resolved: verdict === undefined ? null : record?.[verdict] === true,
    reward: reward === undefined ? null : (asNumber(record?.[reward]) ?? null),
    exit_status: firstText(record, ["exit_status", "status"]) ?? null,
    source: key === undefined ? null : `${path}: ${key}`,
  };
}

/** Keys under which a record holds what the agent was asked. */
export const TASK_KEYS = [
  "task",
  "instruction",
  "goal",
  "problem_statement",
  "question",
  "prompt",
  "task_description",
];
