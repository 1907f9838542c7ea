import { runEvaluations } from "../evaluations.ts";
import { fileName } from "../file-name.ts";
import { spanId, traceId } from "../ids.ts";
import { type OtlpSpan, spanLines } from "../otlp/message.ts";
import { scopeOf } from "../otlp/scope.ts";
import type { AgentSpan, RunSpan } from "../spans/run-span.ts";
import { spansOf } from "../spans/spans-of.ts";
import type { ExportFormat, ExportRun } from "../types.ts";
import { attributesOf } from "./attributes.ts";
import { feedback } from "./feedback.ts";

/**
 * OpenInference over OTLP/JSON lines. `….spans.jsonl` is the run with its judgements on the spans; `….annotations.jsonl` is the same
 * judgements alone, on carrier spans that link to those, for a backend that has the spans already.
 */
export const OPENINFERENCE: ExportFormat = {
  id: "openinference",
  title: "OpenInference spans with annotations (OTLP/JSON lines)",
  parts: (run) => {
    const spans = spansOf(run);
    const scope = scopeOf(run);
    const path = fileName(run.run_id);
    return [
      {
        path: `${path}.spans.jsonl`,
        text: spanLines(
          spans.map((span) => written(span, run)),
          scope,
        ),
      },
      { path: `${path}.annotations.jsonl`, text: spanLines(carriers(spans, run), scope) },
    ];
  },
};

function written(span: RunSpan, run: ExportRun): OtlpSpan {
  const attributes = attributesOf(span, run);
  const isRoot = span.kind === "agent" && span.is_root;
  return {
    traceId: traceId(run),
    spanId: span.id,
    parentSpanId: span.parent,
    name: nameOf(span, run),
    kind: span.kind === "model" ? 3 : 1,
    start: span.start,
    end: span.end,
    attributes: isRoot ? { ...attributes, ...feedback("trace.", runEvaluations(run)) } : attributes,
    isError: span.kind === "tool" && span.step.is_error === true,
  };
}

function nameOf(span: RunSpan, { workspace }: ExportRun): string {
  if (span.kind === "tool") return span.call.name;
  if (span.kind === "model") return workspace.extraction.agent.model ?? "model";
  return span.agent ?? "agent";
}

/** One span for the run and one for each judged step, in a trace of their own. They are dated to the end of the run: when it was judged is not recorded. */
function carriers([root, ...spans]: readonly [AgentSpan, ...RunSpan[]], run: ExportRun): OtlpSpan[] {
  const whole = carrier(run, root, null, feedback("trace.", runEvaluations(run)));
  const steps = spans.flatMap((span) =>
    span.kind === "tool" && span.evaluations.length > 0
      ? [carrier(run, { ...span, end: root.end }, whole.spanId, feedback("", span.evaluations))]
      : [],
  );
  return [whole, ...steps];
}

function carrier(
  run: ExportRun,
  target: RunSpan,
  parent: string | null,
  attributes: OtlpSpan["attributes"],
): OtlpSpan {
  return {
    traceId: traceId(run, "evaluation"),
    spanId: spanId(run, "evaluation", target.id),
    parentSpanId: parent,
    name: "codetracer evaluation",
    kind: 1,
    start: target.end,
    end: target.end,
    attributes: { "openinference.span.kind": "EVALUATOR", ...attributes },
    isError: false,
    links: [{ traceId: traceId(run), spanId: target.id }],
  };
}
