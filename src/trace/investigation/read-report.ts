import type { z } from "zod";
import { cleanText } from "../../index-run/clean-text.ts";
import { jsonErrorOffset } from "../../util/json-error.ts";
import { asArray, asRecord, type JsonRecord } from "../../util/narrow.ts";
import { type Report, ReportSchema } from "./report.ts";

const PROBLEMS_MAX = 8;
const SHOWN_CHARS = 40;
const REPORT_CHARS = 400_000;

/**
 * Reads what a model handed in for a report: JSON alone, in a fenced block, or among prose. `problems` are sentences for the model, at most eight, and
 * quote nothing but a few characters of the report itself.
 */
export function readReport(text: string): Report | { problems: string[] } {
  if (text.trim() === "") return { problems: ["The report is empty."] };
  if (text.length > REPORT_CHARS)
    return { problems: [`The report has ${text.length} characters; ${REPORT_CHARS} are the limit.`] };
  const { json, start } = jsonPart(text);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { problems: [syntaxProblem(text, json, start)] };
  }
  const read = ReportSchema.safeParse(onHundredScale(value));
  return read.success ? read.data : { problems: shapeProblems(read.error.issues, value) };
}

/** The last fenced block that looks like an object, else from the first brace to the last one, else all of it. */
function jsonPart(text: string): { json: string; start: number } {
  const whole = text.trimEnd();
  if (/^\s*\{/.test(whole) && !whole.endsWith("```")) return { json: whole, start: 0 };
  const block = [...text.matchAll(/```[a-z]*[ \t]*\r?\n(?=\s*\{)/g)].at(-1);
  if (block) {
    const start = block.index + block[0].length;
    const end = text.indexOf("\n```", start);
    return { json: text.slice(start, end < 0 ? undefined : end), start };
  }
  const first = text.indexOf("{");
  const last = text.lastIndexOf("}");
  if (first < 0) return { json: text, start: 0 };
  return { json: text.slice(first, last > first ? last + 1 : undefined), start: first };
}

function syntaxProblem(text: string, json: string, start: number): string {
  const offset = jsonErrorOffset(json);
  if (offset >= json.trimEnd().length)
    return "The report is not JSON: it ends too early; a closing bracket, brace or quotation mark is missing.";
  const before = text.slice(0, start + offset);
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  return `The report is not JSON at line ${line}, column ${column}, near ${shown(json.slice(offset))}: ${causeAt(json, offset)}`;
}

function causeAt(json: string, offset: number): string {
  const char = json[offset] ?? "";
  const before = json.slice(Math.max(0, offset - 200), offset).trimEnd();
  if (char < " ") return "a line break or tab inside a string; write \\n or \\t.";
  if (char === "\\") return "a backslash inside a string is written \\\\.";
  if (/[}\]]/.test(char) && before.endsWith(",")) return "no comma may stand before a closing bracket.";
  if (before.endsWith('"')) return 'a comma or colon is missing, or a " inside a string is not written \\".';
  return "this may not stand here.";
}

/** Confidences are asked for from 0 to 100; where all of them are at most 1, and not all whole, they were given from 0 to 1. */
function onHundredScale(value: unknown): unknown {
  const given = candidatesOf(value).map((one) => one.confidence);
  const areShares =
    given.some((one) => typeof one === "number" && !Number.isInteger(one)) &&
    given.every((one) => typeof one === "number" && one >= 0 && one <= 1);
  if (!areShares) return value;
  const candidates = candidatesOf(value).map((one) => ({ ...one, confidence: Number(one.confidence) * 100 }));
  return { ...(asRecord(value) ?? {}), candidates };
}

function shapeProblems(issues: readonly z.core.$ZodIssue[], value: unknown): string[] {
  const told = issues.map((issue) => shapeProblem(issue, value));
  if (told.length <= PROBLEMS_MAX) return told;
  const kept = told.slice(0, PROBLEMS_MAX - 1);
  return [...kept, `${told.length - kept.length} more fields are not as the format says.`];
}

function shapeProblem(issue: z.core.$ZodIssue, value: unknown): string {
  const name = issue.path.reduce<string>(
    (path, key) => (typeof key === "number" ? `${path}[${key}]` : `${path}${path && "."}${String(key)}`),
    "",
  );
  const found = issue.path.reduce<unknown>(
    (inner, key) => (inner as JsonRecord | undefined)?.[String(key)],
    value,
  );
  return `${name || "The report"}: ${expectation(issue)}${found === undefined ? ", and is missing" : foundAs(found)}.`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "invalid_type") return `must be ${AS_WORDS[issue.expected] ?? issue.expected}`;
  if (issue.code === "too_big") return `must be at most ${amount(issue.maximum, issue.origin)}`;
  if (issue.code === "too_small")
    return `must be ${issue.inclusive === false ? "more than" : "at least"} ${amount(issue.minimum, issue.origin)}`;
  return "is not as the format says";
}

const AS_WORDS: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a string",
  array: "a list",
  tuple: "a list of two step numbers",
  object: "an object",
};

function amount(count: number | bigint, origin: string): string {
  if (origin === "array") return `${count} ${count === 1 ? "entry" : "entries"}`;
  return origin === "string" ? `${count} ${count === 1 ? "character" : "characters"}` : `${count}`;
}

function foundAs(found: unknown): string {
  if (found === null) return ", not null";
  if (Array.isArray(found)) return `, not a list of ${found.length}`;
  return typeof found === "object" ? ", not an object" : `, not ${shown(String(found))}`;
}

/** The beginning of a piece of the report, safe to print. */
function shown(text: string): string {
  return `“${cleanText(text, SHOWN_CHARS)}”`;
}

function candidatesOf(value: unknown): JsonRecord[] {
  return asArray(asRecord(value)?.candidates).map((one) => asRecord(one) ?? {});
}
