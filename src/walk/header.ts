import type { IndexedStep } from "../trajectory/step.ts";
import type { Book } from "./book.ts";
import { mapStrip } from "./map-strip.ts";
import { cutRow, type Row, type Span, sides, span } from "./spans.ts";
import type { Size } from "./state.ts";

/** Rows from which on there is room for the strip of all steps and a rule. */
const ROOMY_ROWS = 16;

/** A step that took less took no time to speak of. */
const LEAST_MS = 50;

/** Where one is: the step and what is wrong with it, its stage and what it was, the run as a strip. */
export function header(book: Book, stepId: number, { columns, rows }: Size): Row[] {
  const step = book.step(stepId);
  if (step === undefined) return [];
  const name = [span(`step ${stepId} of ${book.steps.length}`, "bold"), span(`  ${step.name}`)];
  const lines = [
    sides(name, badges(book, step), columns),
    sides([span(stageWords(book, stepId))], [span(factWords(step))], columns),
  ];
  if (rows < ROOMY_ROWS) return lines.slice(0, rows > 4 ? 2 : 1);
  return [
    ...lines,
    cutRow(mapStrip(book, stepId, columns), columns),
    [{ text: "─".repeat(columns), style: "dim" }],
  ];
}

function badges(book: Book, { step_id }: IndexedStep): Row {
  const { onset_step_id, cascade_step_ids } = book.workspace.diagnosis;
  const labels = [...new Set(book.labels(step_id).map((one) => one.label))];
  const spans = labels.map((label) => span(label, label === "incorrect" ? "red" : "yellow"));
  if (step_id === onset_step_id) spans.unshift(span("onset", "red"));
  if (cascade_step_ids.includes(step_id)) spans.push(span(`follows from ${onset_step_id}`, "yellow"));
  return spans.flatMap((one, index): Span[] => (index === 0 ? [one] : [span(" · "), one]));
}

function stageWords(book: Book, stepId: number): string {
  const stage = book.stage(stepId);
  if (stage === undefined) return "";
  const { stage_id, start_step_id, end_step_id } = stage;
  const steps =
    start_step_id === end_step_id ? `step ${start_step_id}` : `steps ${start_step_id}–${end_step_id}`;
  return `stage ${stage_id} of ${book.workspace.stages.length}: ${stage.stage}, ${steps}`;
}

function factWords(step: IndexedStep): string {
  const facts = [
    step.agent === "main" ? "" : `agent ${step.agent}`,
    step.repeat_of === undefined ? "" : `repeats ${step.repeat_of}`,
    step.kind,
    step.failed ? "failed" : "",
    typeof step.exit_code === "number" ? `exit ${step.exit_code}` : "",
    (step.duration_ms ?? 0) < LEAST_MS ? "" : `${((step.duration_ms ?? 0) / 1000).toFixed(1)} s`,
  ];
  return facts.filter((fact) => fact !== "").join(" · ");
}
