import type { DiagnosisFile } from "../trajectory/diagnosis.ts";
import type { ExtractionFile } from "../trajectory/extraction.ts";
import { type Label, SURE_CONFIDENCE } from "../trajectory/label.ts";
import type { Stage } from "../trajectory/stage.ts";
import type { IndexedStep } from "../trajectory/step.ts";
import { actionText, runsShell } from "./action-text.ts";
import { extractionFields } from "./extraction-fields.ts";
import { foldLines } from "./fold-lines.ts";
import { labelList } from "./label-list.ts";
import { Page, type RenderOptions } from "./page.ts";
import { treeEnd, treeExcerpt } from "./tree-excerpt.ts";
import { agentWords, outcomeWords, placeOf, plural, shellWord, stepRanges } from "./words.ts";

/** One diagnosed run, as its workspace holds it. */
export interface ReportInput {
  /** The run's path as the user gave it. */
  run: string;
  /** The workspace folder as the user can type it; null = not written. */
  workspace: string | null;
  extraction: ExtractionFile;
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  tree: string;
  diagnosis: DiagnosisFile;
}

const CASCADE_SHOWN = 40;
const ACTION_FOLD = { head: 6, tail: 2 };

/** What a user sees of one run: what happened, where it went wrong and the quote that proves it. Pure. */
export function renderReport(result: ReportInput, options: RenderOptions): string {
  const page = new Page(options);
  header(page, result);
  page.gap();
  page.paragraph(result.diagnosis.summary);
  onset(page, result);
  labelList(page, result.diagnosis.labels);
  tree(page, result);
  nextRun(page, result.diagnosis);
  footer(page, result);
  return page.toString();
}

function header(page: Page, { run, extraction, steps }: ReportInput): void {
  const { bold, green, red, yellow } = page.colors;
  const failed = steps.filter((step) => step.failed).length;
  const changes = steps.filter((step) => step.kind === "change").length;
  const counts =
    steps.length === 0 ? "" : `: ${changes} change, ${steps.length - changes} explore, ${failed} failed`;
  const { resolved, infrastructure_failure } = extraction.outcome;
  const color = infrastructure_failure !== null || resolved === null ? yellow : resolved ? green : red;
  page.path("Run", run, bold);
  page.field("Agent", agentWords(extraction));
  page.field("Steps", `${steps.length}${counts}`);
  page.field("Outcome", outcomeWords(extraction.outcome), color);
}

function onset(page: Page, { diagnosis, steps, stages }: ReportInput): void {
  const step = steps.find((one) => one.step_id === diagnosis.onset_step_id);
  const label = diagnosis.labels.find((one) => one.step_id === step?.step_id && one.label === "incorrect");
  if (!step) return;
  const stage = stages.find((one) => step.step_id >= one.start_step_id && step.step_id <= one.end_step_id);
  const where = stage ? `, in stage ${stage.stage_id}: ${stage.stage}` : "";
  const isSure = label === undefined || label.confidence >= SURE_CONFIDENCE;
  page.heading(
    `${isSure ? "Where it went wrong" : "Most suspicious"}: step ${step.step_id} of ${steps.length}${where}`,
  );
  const action = foldLines(actionText(step).trim(), ACTION_FOLD);
  for (const [index, line] of action.entries()) {
    const { dim, red } = page.colors;
    const text = `${index === 0 && runsShell(step) ? "$ " : ""}${line.text}`;
    if (action.length === 1) page.paragraph(text, 2, red);
    else page.line(text, index === 0 ? 2 : 4, line.isMark ? dim : red);
  }
  const proof = label && proofOf(label);
  if (proof) page.quote(placeOf(proof), proof.quote, 2);
}

/** The quote that proves most: what the run showed, before what the agent thought or typed. */
function proofOf(label: Label): Label["evidence"][number] | undefined {
  const { evidence } = label;
  return (
    evidence.findLast((one) => one.where === "observation") ??
    evidence.findLast((one) => one.where === "thinking") ??
    evidence[0]
  );
}

function tree(page: Page, { diagnosis, tree: text }: ReportInput): void {
  const focus = diagnosis.onset_step_id ?? diagnosis.labels[0]?.step_id;
  const lines = focus === undefined ? treeEnd(text) : treeExcerpt(text, focus);
  if (lines.length === 0) return;
  const { bold, dim } = page.colors;
  page.heading(focus === undefined ? "How it ended" : `The trace tree around step ${focus}`);
  for (const line of lines)
    page.line(`${line.isFocus ? "▶ " : "  "}${line.text}`, 0, line.isFocus ? bold : dim);
}

function nextRun(page: Page, diagnosis: DiagnosisFile): void {
  if (diagnosis.strategy === null) return;
  page.heading("What the next run should do");
  page.paragraph(diagnosis.strategy, 2);
}

function footer(page: Page, result: ReportInput): void {
  const { diagnosis, workspace, extraction } = result;
  const cascade = diagnosis.cascade_step_ids;
  page.gap();
  if (cascade.length > 0) {
    const more = cascade.length - CASCADE_SHOWN;
    const shown = stepRanges(cascade.slice(0, CASCADE_SHOWN));
    page.field(
      "Follows",
      `${cascade.length === 1 ? "step" : "steps"} ${shown}${more > 0 ? ` and ${more} more` : ""}`,
    );
  }
  page.field(
    "Traced by",
    `${diagnosis.tracer}${diagnosis.model === null ? ", no model asked" : ` with ${diagnosis.model}`}`,
  );
  if (diagnosis.model !== null) page.field("Took", usageWords(diagnosis.usage));
  for (const warning of diagnosis.warnings) page.field("Left undone", warning, page.colors.yellow);
  if (diagnosis.injections.length > 0)
    page.field("Orders in it", injectionWords(diagnosis.injections), page.colors.yellow);
  for (const [name, text, isBad] of extractionFields(extraction)) {
    page.field(name, text, isBad ? page.colors.yellow : undefined);
  }
  page.path("Workspace", workspace ?? "not written");
  const range = nextRange(result);
  if (workspace !== null && range !== null) {
    page.path("Next", `codetracer show ${shellWord(workspace)} --steps ${range}`, page.colors.cyan);
  }
}

function usageWords({ calls, input_tokens, output_tokens, cost_usd }: DiagnosisFile["usage"]): string {
  const cost = cost_usd === null ? "price unknown" : `$${cost_usd.toFixed(cost_usd < 0.1 ? 4 : 2)}`;
  return `${plural(calls, "call")}, ${input_tokens} input and ${output_tokens} output tokens, ${cost}`;
}

/** Text of the run that reads like an order to whoever analyses it. It is shown as data and obeyed by nobody; the user should know. */
function injectionWords(injections: DiagnosisFile["injections"]): string {
  const ids = [...new Set(injections.map((one) => one.step_id))];
  return `${ids.length === 1 ? "step" : "steps"} ${stepRanges(ids)} ${ids.length === 1 ? "holds" : "hold"} text that reads like an order to whoever analyses the run; it was treated as data`;
}

/** The steps worth opening first; null where there are none. */
function nextRange({ diagnosis, steps }: ReportInput): string | null {
  if (steps.length === 0) return null;
  const focus = diagnosis.onset_step_id ?? diagnosis.labels[0]?.step_id ?? steps.length;
  const first = Math.max(1, focus - 2);
  const last = Math.min(steps.length, focus + 4);
  return first === last ? `${first}` : `${first}-${last}`;
}
