import type { JsonRecord, Ref } from "../../src/extract/toolkit/index.ts";

/** A span of any dialect. Attributes are nested: `gen_ai.tool.name` is `gen_ai` → `tool` → `name`. */
export interface Span {
  trace: string;
  id: string;
  parent: string | null;
  name: string;
  /** Milliseconds since the epoch; null = not recorded. */
  start_ms: number | null;
  end_ms: number | null;
  attributes: JsonRecord;
  events: readonly SpanEvent[];
  isError: boolean;
  statusMessage: string | null;
  ref: Ref;
  /** Where the conversation stands that the span answers: the span, or the log records of it. */
  inputRef: Ref;
  outputRef: Ref;
}

/** An event of a span, or a log record that names the span. */
export interface SpanEvent {
  name: string;
  attributes: JsonRecord;
}

/** A log record that belongs to a span. */
export interface SpanLog extends SpanEvent {
  span: string;
}

/** A log record with its place. */
export interface PlacedLog extends SpanLog {
  ref: Ref;
}

/** What a file of spans holds. */
export interface SpanFile {
  spans: Span[];
  /** Records that are no spans of any known shape. */
  unknown: number;
  /** What a trace was asked, where a record of the trace itself says so. */
  inputs: ReadonlyMap<string, unknown>;
}

/** A time in any of its forms, in milliseconds since the epoch; null where it is none. */
export function millis(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) && value > 0 ? scaled(value) : null;
  if (typeof value !== "string" || value === "") return null;
  if (/^\d+$/.test(value)) return millis(Number(value));
  const iso = value.replace(/^(\d{4}-\d\d-\d\d) /, "$1T");
  const parsed = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(parsed) ? null : parsed + microseconds(iso);
}

/** Seconds, milliseconds, microseconds and nanoseconds since the epoch are three digits apart from each other. */
function scaled(time: number): number {
  if (time > 1e17) return time / 1e6;
  if (time > 1e14) return time / 1e3;
  return time > 1e11 ? time : time * 1e3;
}

/** The digits that Date.parse drops, as a fraction of a millisecond: they order spans. */
function microseconds(iso: string): number {
  const digits = /\.\d{3}(\d{1,6})/.exec(iso)?.[1];
  return digits === undefined ? 0 : Number(`0.${digits}`);
}

/** Spans by id, and the way from a span to its root. */
export class SpanTree {
  readonly #byId: ReadonlyMap<string, Span>;

  constructor(spans: readonly Span[]) {
    this.#byId = new Map(spans.map((span) => [span.id, span]));
  }

  /** The spans above, nearest first. A circle of parents ends where it closes. */
  above(span: Span): Span[] {
    const path: Span[] = [];
    const seen = new Set([span.id]);
    let next = span.parent === null ? undefined : this.#byId.get(span.parent);
    while (next && !seen.has(next.id) && path.length < 1000) {
      path.push(next);
      seen.add(next.id);
      next = next.parent === null ? undefined : this.#byId.get(next.parent);
    }
    return path;
  }
}

/** Spans in the order they began; a parent before what it holds, and else the file's order. */
export function inTimeOrder(spans: readonly Span[]): Span[] {
  const tree = new SpanTree(spans);
  const keyed = spans.map((span, index) => ({ span, index, depth: tree.above(span).length }));
  keyed.sort(
    (a, b) => (a.span.start_ms ?? 0) - (b.span.start_ms ?? 0) || a.depth - b.depth || a.index - b.index,
  );
  return keyed.map(({ span }) => span);
}
