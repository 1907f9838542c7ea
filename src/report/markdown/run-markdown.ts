import { type Block, findings } from "../../page/run/blocks.ts";
import {
  type BehaviourFlag,
  type Evidence,
  type Outcome,
  type Score,
  SURE_CONFIDENCE,
} from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { actionText } from "../action-text.ts";
import { markdownCode, markdownText } from "../markdown-text.ts";
import { agentWords, outcomeWords, placeOf, plural, stepRanges } from "../words.ts";

const FINDINGS_SHOWN = 8;
const QUOTE_CHARS = 200;
const TEXT_CHARS = 1500;

/** One run as Markdown for a pull request or a job's summary. Nothing of the run can become markup. Pure. */
export function runMarkdown(
  workspace: TracedWorkspace,
  flags: readonly BehaviourFlag[],
  score: Score | null,
): string {
  const { extraction, diagnosis, steps } = workspace;
  const parts = [
    `## ${endingSign(extraction.outcome)} ${markdownCode(extraction.run)}`,
    markdownText(shortened(diagnosis.summary)),
    table([
      ["Outcome", outcomeWords(extraction.outcome)],
      ["Agent", agentWords(extraction)],
      ["Steps", stepWords(workspace)],
      ...(score === null ? [] : [["Score", scoreWords(score)] as const]),
      ...behaviourRows(flags),
    ]),
    onset(workspace),
    ...labels(workspace),
    diagnosis.strategy === null
      ? ""
      : `### What the next run should do\n\n${markdownText(shortened(diagnosis.strategy))}`,
    footer(workspace, steps.length),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** How a run ended, as a sign and a word. */
export function endingSign(outcome: Pick<Outcome, "resolved" | "infrastructure_failure">): string {
  if (outcome.infrastructure_failure !== null) return "⚠️ harness failed:";
  if (outcome.resolved === null) return "❔ outcome unknown:";
  return outcome.resolved ? "✅ solved:" : "❌ not solved:";
}

/** A table of two columns without a head. */
export function table(rows: readonly (readonly [string, string])[]): string {
  return ["| | |", "|---|---|", ...rows.map(([name, text]) => `| ${name} | ${markdownText(text)} |`)].join(
    "\n",
  );
}

function stepWords({ steps }: TracedWorkspace): string {
  const failed = steps.filter((step) => step.failed).length;
  const changes = steps.filter((step) => step.kind === "change").length;
  return steps.length === 0
    ? "none"
    : `${steps.length}: ${changes} change, ${steps.length - changes} explore, ${failed} failed`;
}

function scoreWords({ value, penalties }: Score): string {
  const points = new Map<string, number>();
  for (const penalty of penalties) points.set(penalty.name, (points.get(penalty.name) ?? 0) + penalty.points);
  const lost = [...points].map(([name, sum]) => `${name} −${Math.round(sum * 10) / 10}`).join(", ");
  return `${Math.round(value)} of 100${lost === "" ? "" : ` (${lost})`}`;
}

function behaviourRows(flags: readonly BehaviourFlag[]): (readonly [string, string])[] {
  const present = flags.filter((flag) => flag.present === true);
  if (present.length === 0) return [];
  return [["Behaviours", present.map(({ behaviour }) => behaviour.replaceAll("-", " ")).join(", ")]];
}

function onset({ diagnosis, steps }: TracedWorkspace): string {
  const step = steps.find((one) => one.step_id === diagnosis.onset_step_id);
  if (step === undefined) return "";
  const label = diagnosis.labels.find((one) => one.step_id === step.step_id && one.label === "incorrect");
  const isSure = label === undefined || label.confidence >= SURE_CONFIDENCE;
  const title = isSure ? "Where it went wrong" : "Most suspicious";
  return `### ${title}: step ${step.step_id} of ${steps.length}\n\n${markdownCode(cut(actionText(step)))}`;
}

function labels({ diagnosis }: TracedWorkspace): string[] {
  const blocks = findings(diagnosis.labels);
  if (blocks.length === 0) return [];
  const more = blocks.length - FINDINGS_SHOWN;
  return [
    "### Labels",
    blocks.slice(0, FINDINGS_SHOWN).map(finding).join("\n"),
    more > 0 ? `and ${plural(more, "more finding")}` : "",
  ];
}

function finding({ first, step_ids, confidence }: Block): string {
  const steps = `${step_ids.length === 1 ? "step" : "steps"} ${stepRanges(step_ids)}`;
  const head = `- **${steps}: ${first.label}**, confidence ${confidence.toFixed(2)} (${markdownText(first.detector)}). ${markdownText(shortened(first.reasoning))}`;
  const better = first.better_alternative;
  return [
    head,
    ...first.evidence.slice(0, 2).map(quoteLine),
    ...(better === undefined ? [] : [`  - Instead: ${markdownText(shortened(better))}`]),
  ].join("\n");
}

function quoteLine(evidence: Evidence): string {
  return `  - ${placeOf(evidence)}: ${markdownCode(cut(evidence.quote))}`;
}

function footer({ diagnosis, extraction }: TracedWorkspace, stepCount: number): string {
  const by =
    diagnosis.model === null
      ? `${diagnosis.tracer}, no model asked`
      : `${diagnosis.tracer} with ${diagnosis.model}`;
  const fidelity = extraction.fidelity.passed ? "passed" : "failed";
  const warnings =
    extraction.warnings.length === 0 ? "" : `; ${plural(extraction.warnings.length, "warning")}`;
  return `<sub>CodeTracer ${markdownText(diagnosis.codetracer_version)}: ${plural(stepCount, "step")} read as ${markdownText(extraction.extractor.id)}, fidelity ${fidelity}${warnings}; traced by ${markdownText(by)}.</sub>`;
}

function cut(text: string): string {
  return text.length > QUOTE_CHARS ? `${text.slice(0, QUOTE_CHARS)} …` : text;
}

function shortened(text: string): string {
  return text.length > TEXT_CHARS ? `${text.slice(0, TEXT_CHARS)} …` : text;
}
