import path from "node:path";
import { expect } from "vitest";
import { extractor } from "../../extractors/otel-genai/index.ts";
import { checkFidelity } from "../../src/extract/fidelity/index.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import type { Trajectory } from "../../src/trajectory/index.ts";
import { tempRun } from "./temp-run.ts";

export const TRACE = "5b8efff798038103d269b633813fc60c";

interface SpanOptions {
  trace?: string;
  parent?: string | null;
  name?: string;
  events?: unknown[];
  from?: number;
}

/** A span as an SDK prints it, that begins at a second of its own and lasts for half of one. */
export function span(id: string, attributes: Record<string, unknown>, options: SpanOptions = {}): unknown {
  const {
    trace = TRACE,
    parent = null,
    name = "span",
    events = [],
    from = Number.parseInt(id, 16),
  } = options;
  const time = (seconds: number): string => new Date(1767225600_000 + seconds * 1000).toISOString();
  return {
    name,
    context: { trace_id: trace, span_id: id },
    parent_id: parent,
    start_time: time(from),
    end_time: time(from + 0.5),
    attributes,
    events,
  };
}

/** Reads these spans as a file of one a line, and expects that nothing is wrong with the reading. */
export function read(...spans: unknown[]): Trajectory {
  const lines = spans.map((record) => JSON.stringify(record)).join("\n");
  const run = openDirectory(path.join(tempRun({ "spans.jsonl": lines }), "spans.jsonl"));
  expect(extractor.detect(run).confidence).toBe(0.92);
  const trajectory = extractor.extract(run);
  expect(checkFidelity(extractor, run, trajectory).checks.filter(({ passed }) => passed === false)).toEqual(
    [],
  );
  return trajectory;
}

/** What of each step matters here. */
export function briefly(trajectory: Trajectory): unknown[] {
  return trajectory.steps.map(({ action, observation, tool_call_id }) => [action, observation, tool_call_id]);
}

export const chat = (attributes: Record<string, unknown>): Record<string, unknown> => ({
  "gen_ai.operation.name": "chat",
  ...attributes,
});
export const tool = (attributes: Record<string, unknown>): Record<string, unknown> => ({
  "gen_ai.operation.name": "execute_tool",
  ...attributes,
});
