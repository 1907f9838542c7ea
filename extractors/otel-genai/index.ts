import {
  CodeTracerError,
  type Extractor,
  type RunFiles,
  type Trajectory,
  UNKNOWN_OUTCOME,
} from "../../src/extract/toolkit/index.ts";
import { countActions } from "./count.ts";
import { detect } from "./detect.ts";
import { readSpans, type Trace, tracesOf } from "./read.ts";
import type { SpanFile } from "./span.ts";
import { readSteps } from "./steps.ts";
import { agentOf, exitStatusOf, hasModelOrTool, taskOf } from "./summary.ts";

/** Spans of the OpenTelemetry GenAI conventions and of OpenInference, as OTLP, Phoenix, Langfuse and others export them. */
export const extractor: Extractor = {
  id: "otel-genai",
  title: "OpenTelemetry GenAI / OpenInference spans",
  version: 1,
  fingerprint: {
    files: [
      "*{trace,Trace,span,Span,otel,otlp,OTLP,langfuse,phoenix,openinference,observation,telemetry}*.{json,jsonl,ndjson}",
      "*.jsonl",
    ],
    contents:
      "OTLP resourceSpans, spans with trace and span ids, or Langfuse observations, of a model or a tool (gen_ai.*, llm.*, openinference.span.kind)",
  },
  detect,
  extract,
  countActions,
  conversation,
  order: "time",
  rows: (run) => {
    const traces = tracesOf(readSpans(run).spans, hasModelOrTool);
    return traces.length > 1 ? traces.map(({ row }) => row) : [];
  },
};

function extract(run: RunFiles): Trajectory {
  const path = run.focus ?? "";
  const file = readSpans(run);
  if (file.spans.length === 0)
    throw new CodeTracerError("unreadable", `${path}: no span could be read; the file may be cut off`, {
      path,
    });
  const trace = traceOf(run, file);
  const spans = trace?.spans ?? [];
  const { steps, firstInput, unanswered } = readSteps(spans);
  const warnings = [];
  if (file.unknown > 0)
    warnings.push({ message: `records that are no spans and were left out: ${file.unknown}`, path });
  if (unanswered > 0)
    warnings.push({
      message: `calls of the model without a result: ${unanswered}; whether they ran is not recorded`,
      path,
    });
  return {
    task: taskOf(spans, firstInput, file.inputs.get(trace?.id ?? "")),
    agent: agentOf(spans),
    steps,
    outcome: { ...UNKNOWN_OUTCOME, exit_status: exitStatusOf(spans) },
    files_used: [path],
    warnings,
    ...(steps.length === 0 ? { empty_reason: "No span of this trace calls a tool." } : {}),
  };
}

/** The trace that is this run. */
function traceOf(run: RunFiles, file: SpanFile): Trace | undefined {
  const traces = tracesOf(file.spans, hasModelOrTool);
  return run.row === null ? traces[0] : traces.find(({ row }) => row === run.row);
}

/** In a file of many traces, the texts of this one's spans. */
function* conversation(run: RunFiles, filesUsed: readonly string[]): Generator<string> {
  if (run.row === null) {
    for (const file of filesUsed) if (run.has(file)) for (const { text } of run.lines(file)) yield text;
    return;
  }
  for (const { attributes, events } of traceOf(run, readSpans(run))?.spans ?? [])
    yield JSON.stringify([attributes, events]);
}
