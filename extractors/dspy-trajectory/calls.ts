import {
  asArray,
  asRecord,
  asString,
  type JsonRecord,
  renderAction,
} from "../../src/extract/toolkit/index.ts";
import { firstText, firstValue } from "../_documents/fields.ts";
import { parseJson } from "../_documents/parse.ts";
import type { Shape } from "./shape.ts";

/** One call of an entry, as a step has it. */
export interface Call {
  action: string;
  tool?: string | undefined;
  arguments?: JsonRecord | undefined;
}

/** The calls that an entry made. */
export function callsOf(record: JsonRecord, kind: Shape["kind"]): Call[] {
  if (kind === "code") return codeCalls(record.code);
  if (kind === "numbered") {
    const tool = asString(record.tool_name);
    return tool === undefined || tool === "" ? codeCalls(record.code) : [named(tool, record.tool_args)];
  }
  return toCalls(record.tool_call);
}

function codeCalls(code: unknown): Call[] {
  const text = asString(code);
  return text === undefined || text.trim() === ""
    ? []
    : [{ action: text, tool: "python", arguments: { code: text } }];
}

/** A call is written as an object, a list of them, JSON text of either, or text such as `bash(command="ls")`. */
function toCalls(value: unknown): Call[] {
  const text = asString(value);
  if (text !== undefined) {
    const inner = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
    if (inner !== undefined) return toCalls(inner);
    return isNone(text) ? [] : [{ action: text.trim() }];
  }
  if (Array.isArray(value)) return asArray(value).flatMap(toCalls);
  const record = asRecord(value);
  if (!record || Object.keys(record).length === 0) return [];
  if (Array.isArray(record.tool_calls)) return toCalls(record.tool_calls);
  const source = asRecord(record.function) ?? record;
  const tool = firstText(source, ["name", "tool", "tool_name", "function", "action"]);
  const args = firstValue(source, [
    "args",
    "arguments",
    "tool_args",
    "input",
    "parameters",
    "kwargs",
    "params",
  ]);
  if (tool === undefined)
    return [{ action: asString(record.command) ?? JSON.stringify(record), arguments: record }];
  return [named(tool, args ?? without(source, tool))];
}

/** Arguments may stand beside the tool's name. */
function without(source: JsonRecord, tool: string): JsonRecord {
  return Object.fromEntries(
    Object.entries(source).filter(([key, value]) => value !== tool && !/^(?:id|type)$/.test(key)),
  );
}

function named(tool: string, value: unknown): Call {
  const args = asRecord(value) ?? (typeof value === "string" ? asRecord(parseJson(value)) : undefined);
  const given = args ?? (value === undefined || value === null ? {} : undefined);
  if (given) return { action: renderAction(tool, given), tool, arguments: given };
  const text = typeof value === "string" ? value : undefined;
  if (text !== undefined && isShell(tool)) return { action: text, tool };
  // An argument without a name, as text-based tools take it.
  const input = { input: value };
  return { action: renderAction(tool, input), tool, arguments: input };
}

function isShell(tool: string): boolean {
  return /^(?:bash|shell|sh|terminal|execute_bash|run_bash|run_command)$/i.test(tool);
}

function isNone(text: string): boolean {
  return /^(?:none|null|n\/a|-)?$/i.test(text.trim());
}
