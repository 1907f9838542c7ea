import { type Evaluation, runEvaluations } from "../evaluations.ts";
import { fileName } from "../file-name.ts";
import { traceId } from "../ids.ts";
import { toJson } from "../json.ts";
import {
  type Attributes,
  double,
  eventLines,
  type OtlpEvent,
  type OtlpSpan,
  spanLines,
} from "../otlp/message.ts";
import { scopeOf } from "../otlp/scope.ts";
import type { RunSpan } from "../spans/run-span.ts";
import { spansOf } from "../spans/spans-of.ts";
import type { ExportFormat, ExportRun } from "../types.ts";
import { attributesOf, nameOf } from "./attributes.ts";

/** The event's name. */
const RESULT = "gen_ai.evaluation.result";

/**
 * OpenTelemetry GenAI over OTLP/JSON lines: `….spans.jsonl` is the run, `….events.jsonl` one `gen_ai.evaluation.result` for each
 * judgement, which names the span it is about.
 */
export const GEN_AI: ExportFormat = {
  id: "gen-ai",
  title: "OpenTelemetry GenAI spans and gen_ai.evaluation.result events (OTLP/JSON lines)",
  parts: (run) => {
    const [root, ...rest] = spansOf(run);
    const scope = scopeOf(run);
    const path = fileName(run.run_id);
    const events = [
      ...runEvaluations(run).map((evaluation) => event(evaluation, root, root.end, run)),
      ...rest.flatMap((span) =>
        span.kind === "tool"
          ? span.evaluations.map((evaluation) => event(evaluation, span, root.end, run))
          : [],
      ),
    ];
    return [
      {
        path: `${path}.spans.jsonl`,
        text: spanLines(
          [root, ...rest].map((span) => written(span, run)),
          scope,
        ),
      },
      { path: `${path}.events.jsonl`, text: eventLines(events, scope) },
    ];
  },
};

function written(span: RunSpan, run: ExportRun): OtlpSpan {
  return {
    traceId: traceId(run),
    spanId: span.id,
    parentSpanId: span.parent,
    name: nameOf(span, run),
    kind: span.kind === "model" ? 3 : 1,
    start: span.start,
    end: span.end,
    attributes: attributesOf(span, run),
    isError: span.kind === "tool" && span.step.is_error === true,
  };
}

/** Dated to the end of the run: when it was judged is not recorded. */
function event(evaluation: Evaluation, target: RunSpan, time: bigint, run: ExportRun): OtlpEvent {
  const attributes: Attributes = {
    "gen_ai.evaluation.name": evaluation.name,
    "gen_ai.evaluation.score.value": double(evaluation.score),
    "gen_ai.evaluation.score.label": evaluation.label,
    "gen_ai.evaluation.explanation": evaluation.explanation,
    "codetracer.judge": evaluation.judge,
    "codetracer.identifier": evaluation.identifier,
    "codetracer.metadata": toJson(evaluation.metadata),
  };
  return { traceId: traceId(run), spanId: target.id, name: RESULT, time, attributes };
}
