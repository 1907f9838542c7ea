import type { RunFiles } from "../../src/extract/toolkit/index.ts";
import { locate, type Source } from "./layouts.ts";

/** In 0.x an observation names the action it answers right before its own type; some types answer no step. */
const V0_ANSWER = /\\*"cause\\*":\s*(\d+),\s*\\*"observation\\*":\s*\\*"(?!null|recall|agent_state_changed)/g;
const V0_BY_USER =
  /\\*"id\\*":\s*(\d+),\s*\\*"timestamp\\*":\s*\\*"[^"\\]*\\*",\s*\\*"source\\*":\s*\\*"user\\*"/g;
/** The closing action, which nothing answers. */
const V0_ENDING =
  /\\*"action\\*":\s*\\*"(?:finish|reject)\\*",\s*\\*"(?:args|tool_call_metadata|llm_metrics)/g;
/** The end of a delegation is recorded without the action that began it. */
const V0_DELEGATED = /(?<!\\*"cause\\*":\s*\d+,\s*\\*)"observation\\*":\s*\\*"delegate\\*"/g;
const V1_ANSWERED_ACTION = /\\*"action_id\\*":\s*\\*"([^"\\]+)/g;
const V1_EVENT = /\\*"id\\*":\s*\\*"([^"\\]+)/g;
const V1_ANSWERED_CALL = /\\*"tool_call_id\\*":\s*\\*"([^"\\]+)\\*",\s*\\*"observation\\*":/g;
const V1_FAILED_CALL = /\\*"tool_call_id\\*":\s*\\*"([^"\\]+)\\*",\s*\\*"error\\*":/g;
const TOOL_RESULT = /"tool_call_id":\s*"([^"]*)",\s*"name":\s*"(?!finish")/g;

/** Counts answered actions by patterns over the raw text. null where the run has no such mark. */
export function countActions(run: RunFiles): number | null {
  const counts = locate(run).map((source) => ({ source, count: countIn(run, source) }));
  const streams = counts.filter(({ source }) => source.layout !== "completions");
  return most(streams) || most(counts) || null;
}

function most(counts: readonly { count: number }[]): number {
  return Math.max(0, ...counts.map(({ count }) => count));
}

function countIn(run: RunFiles, source: Source): number {
  const paths = pathsOf(source).filter((path) => run.has(path) && !run.isLfsPointer(path));
  if (source.layout === "completions")
    return Math.max(0, ...paths.map((path) => [...run.text(path).matchAll(TOOL_RESULT)].length));
  const texts =
    source.layout === "eval-row" ? [rowText(run, source.path)] : paths.map((path) => run.text(path));
  if (texts.some((text) => text.includes("ACPToolCallEvent"))) return 0;
  return countV1(texts) || countV0(texts);
}

function countV0(texts: readonly string[]): number {
  const byUser = found(texts, V0_BY_USER);
  const unnamed = texts.reduce(
    (sum, text) => sum + occurrences(text, V0_DELEGATED) + occurrences(text, V0_ENDING),
    0,
  );
  return [...found(texts, V0_ANSWER)].filter((id) => !byUser.has(id)).length + unnamed;
}

function occurrences(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

function countV1(texts: readonly string[]): number {
  const calls = found(texts, V1_ANSWERED_CALL);
  const events = found(texts, V1_EVENT);
  return (
    // Of an excerpt, an answer may be left whose action is not there.
    [...found(texts, V1_ANSWERED_ACTION)].filter((id) => events.has(id)).length +
    [...found(texts, V1_FAILED_CALL)].filter((id) => !calls.has(id)).length
  );
}

/** What the first group of a pattern caught, each text once. */
function found(texts: readonly string[], pattern: RegExp): Set<string> {
  return new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? "")));
}

function pathsOf(source: Source): readonly string[] {
  if ("path" in source) return [source.path];
  return source.layout === "v1-store"
    ? [...source.paths, ...source.subagents.flatMap((child) => child.paths)]
    : source.paths;
}

function rowText(run: RunFiles, path: string): string {
  if (run.row !== null) return run.lineAt(path, run.row) ?? "";
  for (const { text } of run.lines(path)) if (text.trim() !== "") return text;
  return "";
}
