import { asArray, asRecord, type LineSpan, type RunFiles } from "../../src/extract/toolkit/index.ts";
import { readLangfuse } from "./langfuse.ts";
import { spanLines } from "./lines.ts";
import { readOtlp } from "./otlp.ts";
import { type RecordSpans, spanOf } from "./records.ts";
import { inTimeOrder, type PlacedLog, type Span, type SpanFile } from "./span.ts";

/** Lists of spans or of whole traces hang below one of these: pages of an API, Jaeger's traces. */
const LIST_KEYS = ["data", "spans", "traces", "items", "result"];
const MAX_NESTING = 4;

/** Every span of the file in focus, whatever the dialect, each with the lines it stands on. */
export function readSpans(run: RunFiles): SpanFile {
  const path = run.focus ?? "";
  const spans: Span[] = [];
  const logs = new Map<string, PlacedLog[]>();
  const inputs = new Map<string, unknown>();
  let unknown = 0;
  let lines: Map<string, LineSpan> | undefined;
  for (const { value, line_start, line_end } of run.jsonl(path)) {
    const read = readRecord(value, 0);
    if (read.spans.length + read.logs.length === 0) unknown++;
    for (const span of read.spans) {
      if (line_start !== line_end) lines ??= spanLines(run.text(path));
      const inner = line_start === line_end ? undefined : lines?.get(span.id);
      const isInside = inner && inner.line_start >= line_start && inner.line_end <= line_end;
      const ref = { path, ...(isInside ? inner : { line_start, line_end }) };
      spans.push({ ...span, ref, inputRef: ref, outputRef: ref });
    }
    for (const log of read.logs) {
      const own = logs.get(log.span) ?? [];
      own.push({ ...log, ref: { path, line_start, line_end } });
      logs.set(log.span, own);
    }
    for (const [trace, input] of read.inputs) inputs.set(trace, input);
  }
  return { spans: distinct(spans).map((span) => withLogs(span, logs)), unknown, inputs };
}

function readRecord(value: unknown, nesting: number): RecordSpans {
  const record = asRecord(value);
  const found: RecordSpans = { spans: [], logs: [], inputs: [] };
  if (!record || nesting > MAX_NESTING) return found;
  const known = readOtlp(record) ?? readLangfuse(record);
  if (known) return known;
  const span = spanOf(record);
  if (span) return { ...found, spans: [span] };
  for (const key of LIST_KEYS) {
    for (const element of asArray(record[key])) {
      const inner = readRecord(element, nesting + 1);
      found.spans.push(...inner.spans);
      found.logs.push(...inner.logs);
      found.inputs.push(...inner.inputs);
    }
  }
  return found;
}

/** A span that is exported again, as after a retry, counts once: the later one, which is complete. */
function distinct(spans: readonly Span[]): Span[] {
  const byId = new Map(spans.map((span) => [`${span.trace}\0${span.id}`, span]));
  return [...byId.values()];
}

function withLogs(span: Span, logs: ReadonlyMap<string, readonly PlacedLog[]>): Span {
  const own = logs.get(span.id);
  if (!own) return span;
  const isAnswer = (log: PlacedLog): boolean => log.name === "gen_ai.choice" || log.name === DETAILS;
  return {
    ...span,
    events: [...span.events, ...own],
    inputRef: own.findLast((log) => log.name !== "gen_ai.choice")?.ref ?? span.ref,
    outputRef: own.find(isAnswer)?.ref ?? span.ref,
  };
}

/** Holds a whole exchange, request and answer. */
const DETAILS = "gen_ai.client.inference.operation.details";

/** The spans of one trace, and the number it is told from the others by. */
export interface Trace {
  id: string;
  row: number;
  spans: readonly Span[];
}

/**
 * The traces of a file in the order they begin in it, without those that are not wanted; if none is, the first of
 * all. Each one's row is the line of its first span; where several begin on one line, the later ones count on from it.
 */
export function tracesOf(spans: readonly Span[], isWanted: (spans: readonly Span[]) => boolean): Trace[] {
  const byTrace = new Map<string, Span[]>();
  for (const span of spans) {
    const own = byTrace.get(span.trace);
    if (own) own.push(span);
    else byTrace.set(span.trace, [span]);
  }
  const all = [...byTrace];
  const wanted = all.filter(([, own]) => isWanted(own));
  let row = 0;
  return (wanted.length > 0 ? wanted : all.slice(0, 1)).map(([id, own]) => {
    row = Math.max(row + 1, ...own.slice(0, 1).map((span) => span.ref.line_start));
    return { id, row, spans: inTimeOrder(own) };
  });
}
