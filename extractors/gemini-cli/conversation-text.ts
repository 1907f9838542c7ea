import {
  asArray,
  asRecord,
  asString,
  type JsonRecord,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import { formOf } from "./source.ts";

/**
 * The conversation of session files and telemetry alone, a record a line. Beside it these files hold what the screen
 * showed of each call, the tools' descriptions, notices of the program, and measurements.
 */
export function* conversationText(run: RunFiles, files: readonly string[]): Generator<string> {
  for (const file of files) {
    const form = formOf(run.head(file, 65_536));
    if (form === "stream") for (const { text } of run.lines(file)) yield text;
    else for (const { value } of run.jsonl(file)) yield* recordText(asRecord(value) ?? {});
  }
}

function* recordText(record: JsonRecord): Generator<string> {
  if (Array.isArray(record.messages)) for (const message of record.messages) yield* messageText(message);
  else if (asRecord(record.attributes)) yield* eventText(asRecord(record.attributes) ?? {});
  else yield* messageText(record);
}

const NOTICES = new Set(["info", "warning", "error"]);
const SHOWN = new Set(["displayName", "description", "renderOutputAsMarkdown", "resultDisplay"]);

function* messageText(message: unknown): Generator<string> {
  const record = asRecord(message) ?? {};
  if (NOTICES.has(asString(record.type) ?? "") && record.role === undefined) return;
  if (!Array.isArray(record.toolCalls)) yield JSON.stringify(record);
  else yield JSON.stringify({ ...record, toolCalls: asArray(record.toolCalls).map(withoutShown) });
}

function withoutShown(call: unknown): unknown {
  const record = asRecord(call);
  if (!record || record.result === undefined || record.result === null) return call;
  return Object.fromEntries(Object.entries(record).filter(([key]) => !SHOWN.has(key)));
}

const TOLD = /^gemini_cli\.(?:user_prompt|api_response|tool_call)$/;

function* eventText(attributes: JsonRecord): Generator<string> {
  if (TOLD.test(asString(attributes["event.name"]) ?? "")) yield JSON.stringify(attributes);
  // Each request repeats the whole conversation; what is new in it stands at its end.
  const request = asString(attributes.request_text);
  const last = request?.lastIndexOf('"parts"') ?? -1;
  if (request !== undefined && last >= 0) yield `{${request.slice(last).replace(/\]\s*$/, "")}`;
}
