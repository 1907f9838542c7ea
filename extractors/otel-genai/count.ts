import { type RunFiles, skipValue } from "../../src/extract/toolkit/index.ts";

/** A key and its text, as a JSON member or as a `{key, value: {stringValue}}` of OTLP. */
const member = (key: string, value: string): RegExp =>
  new RegExp(
    `"${key}"\\s*(?::|,\\s*"value"\\s*:\\s*\\{\\s*"(?:stringValue|string_value)"\\s*:)\\s*"${value}"`,
    "g",
  );

/** What marks the span of a tool, one mark a dialect: a file that uses two of them for one span is counted by the more frequent. */
const TOOL_SPANS = [
  member("openinference\\.span\\.kind", "TOOL"),
  member("attributes\\.openinference\\.span\\.kind", "TOOL"),
  member("span_kind", "TOOL"),
  member("gen_ai\\.operation\\.name", "execute_tool"),
  member("traceloop\\.span\\.kind", "tool"),
  member("ai\\.operationId", "ai\\.toolCall"),
];

/** Ids of calls, wherever they stand. */
const CALL_IDS = [
  member("gen_ai\\.tool\\.call\\.id", '([^"]+)'),
  member("ai\\.toolCall\\.id", '([^"]+)'),
  /"(?:toolCallId|tool_call_id|call_id)"\s*:\s*"([^"]+)"/g,
  member("(?:[\\w.]+\\.)?tool_call\\.id", '([^"]+)'),
  /"type"\s*:\s*"(?:tool_call|tool_use)"\s*,\s*"id"\s*:\s*"([^"]+)"/g,
  /"id"\s*:\s*"([^"]+)"\s*,\s*"(?:type"\s*:\s*"function"|function"\s*:)/g,
];

/** An observation of Langfuse that is a tool's, with its id: exports list observations twice. */
const OBSERVATION = /"id"\s*:\s*"([^"]+)"[^{}]*?"type"\s*:\s*"TOOL"/g;

/** Where answers of models stand, and nothing of the conversation before them. */
const OUTPUT_IDS = member(
  "(?:attributes\\.)?(?:llm\\.output_messages|gen_ai\\.completion)\\.[\\w.]*tool_calls?\\.(?:\\d+\\.)?(?:tool_call\\.)?id",
  '([^"]+)',
);
const OUTPUT_MESSAGES =
  /"gen_ai\.output\.messages"\s*(?::|,\s*"value"\s*:\s*\{\s*"(?:stringValue|string_value)"\s*:)\s*/g;

/**
 * Marks of tool spans in the raw text, with its escapes undone; where there is none, distinct ids of calls in the
 * answers of models. null where calls may stand elsewhere too, where several traces share the file, and where ids
 * are too short to be distinct.
 */
export function countActions(run: RunFiles): number | null {
  if (run.focus === null || run.row !== null) return null;
  const raw = run.text(run.focus);
  const text = raw.replaceAll(/\\+"/g, '"');
  const ids = idsIn(text, CALL_IDS);
  const marks = TOOL_SPANS.map((mark) => [...text.matchAll(mark)].length);
  const spans = Math.max(...marks, idsIn(text, [OBSERVATION]).size);
  if (spans > 0) return ids.size <= spans ? spans : null;
  const called = new Set([...idsIn(text, [OUTPUT_IDS]), ...idsOfOutputs(raw)]);
  const isDistinct = [...called].every((id) => id.length >= 8);
  return called.size > 0 && called.size === ids.size && isDistinct ? called.size : null;
}

function idsIn(text: string, patterns: readonly RegExp[]): Set<string> {
  return new Set(patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? "")));
}

function idsOfOutputs(raw: string): string[] {
  return [...raw.matchAll(OUTPUT_MESSAGES)].flatMap((match) => {
    const start = match.index + match[0].length;
    return [...idsIn(raw.slice(start, skipValue(raw, start)).replaceAll(/\\+"/g, '"'), CALL_IDS)];
  });
}
