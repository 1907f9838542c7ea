import type { RunFiles } from "../../src/extract/toolkit/index.ts";
import { formOf, sampleRows, sampleTextAt } from "./source.ts";

const CALL = /"id"\s*:\s*"((?:[^"\\]|\\.)*)"\s*,\s*(?:"type"\s*:\s*"function"\s*,\s*)?"function"\s*:\s*"/g;
const PROVIDED = /"type"\s*:\s*"tool_use"\s*,/g;
const TOOL_EVENT =
  /"event"\s*:\s*"tool"\s*,\s*(?:"type"\s*:\s*"function"\s*,\s*)?"id"\s*:\s*"((?:[^"\\]|\\.)*)"/g;

/** The raw text of a run's sample; null where it does not stand in one piece. */
function rawSample(run: RunFiles): string | null {
  if (run.focus === null) return null;
  if (formOf(run, run.focus) !== "log") return run.text(run.focus);
  const row = run.row ?? sampleRows(run, run.focus)[0];
  return row === undefined ? "" : sampleTextAt(run, run.focus, row);
}

/** The conversation in a sample's raw text: from its messages to the output that follows them. */
function rawMessages(text: string): string {
  const start = /"messages"\s*:\s*\[/.exec(text)?.index ?? text.length;
  const rest = text.slice(start);
  return rest.slice(0, /,\s*"output"\s*:\s*\{\s*"(?:model|choices)"/.exec(rest)?.index);
}

/** Counts calls by pattern: those in the messages, and ids of tool events that are not among them. */
export function countActions(run: RunFiles): number | null {
  const text = rawSample(run);
  if (text === null) return null;
  const messages = rawMessages(text);
  const calls = [...messages.matchAll(CALL)].map((match) => match[1]);
  const ids = new Set(calls);
  const told = new Set([...text.matchAll(TOOL_EVENT)].map((match) => match[1]).filter((id) => !ids.has(id)));
  return calls.length + told.size + [...messages.matchAll(PROVIDED)].length;
}

/** The lines of the conversation alone: requests and states repeat it many times. */
export function* conversation(run: RunFiles): Generator<string> {
  const text = rawSample(run);
  if (text !== null) yield* rawMessages(text).split("\n");
  else for (const path of run.list("messages/*.json")) for (const line of run.lines(path)) yield line.text;
}
