import type { JsonRecord } from "../../src/extract/toolkit/index.ts";
import { kindOf } from "./kinds.ts";
import type { Span, SpanTree } from "./span.ts";
import { toolArguments, toolCallId, toolName, toolResult } from "./tool-span.ts";

/** A call that a span of its own shows to have run. */
export interface Execution {
  span: Span;
  id: string | undefined;
  tool: string;
  arguments: JsonRecord;
  result: string | null;
}

/** The calls that ran, in time order. Spans of two instrumentations for one call are one. */
export function readExecutions(spans: readonly Span[], tree: SpanTree): Execution[] {
  const kept: Execution[] = [];
  const bySpan = new Map<string, Execution>();
  for (const span of spans) {
    if (kindOf(span) !== "tool") continue;
    const execution: Execution = {
      span,
      id: toolCallId(span),
      tool: toolName(span),
      arguments: toolArguments(span),
      result: toolResult(span),
    };
    const above = tree.above(span).map((outer) => bySpan.get(outer.id));
    const same = [...above, ...kept.filter((other) => overlaps(other.span, span))].find(
      (other) => other !== undefined && isSame(other, execution, above.includes(other)),
    );
    if (same) {
      bySpan.set(span.id, same);
      complete(same, execution);
    } else {
      kept.push(execution);
      bySpan.set(span.id, execution);
    }
  }
  return kept;
}

/** Side by side, only an id shows that two spans are one call: a tool may well run twice at once. */
function isSame(one: Execution, other: Execution, isNested: boolean): boolean {
  if (one.id !== undefined && other.id !== undefined)
    return (
      one.id === other.id && one.tool === other.tool && (isNested || signature(one) === signature(other))
    );
  return (
    isNested &&
    one.tool === other.tool &&
    (signature(one) === signature(other) || isBare(other) || isBare(one))
  );
}

function isBare(execution: Execution): boolean {
  return Object.keys(execution.arguments).length === 0;
}

/** What the outer span left out is taken from the inner one, with its place if that is where the action stands. */
function complete(kept: Execution, other: Execution): void {
  if (isBare(kept) && !isBare(other)) {
    kept.arguments = other.arguments;
    kept.span = { ...kept.span, ref: other.span.ref };
  }
  kept.id ??= other.id;
  kept.result ??= other.result;
}

function overlaps(one: Span, other: Span): boolean {
  if (one.start_ms === null || one.end_ms === null || other.start_ms === null) return false;
  return other.start_ms >= one.start_ms && other.start_ms < one.end_ms;
}

/** A call's tool and arguments, in one spelling. */
export function signature({ tool, arguments: args }: { tool: string; arguments: JsonRecord }): string {
  return `${tool} ${JSON.stringify(sorted(args))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
