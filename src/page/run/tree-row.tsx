import type { JSX } from "preact";
import { plural } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { PageStep } from "./data.ts";
import type { RunFacts } from "./facts.ts";
import type { Row } from "./rows.ts";

const ACTION_CHARS = 120;

interface RowProps {
  row: Row;
  index: number;
  /** Pixels from the tree's top. */
  top: number;
  height: number;
  isChosen: boolean;
  isCursor: boolean;
}

/** One line of the tree: a stage that opens and closes, or a step. */
export function TreeRow({ row, index, top, height, isChosen, isCursor }: RowProps): JSX.Element {
  const { facts } = useReader();
  const id = `row-${index}`;
  const style = { top: `${top}px`, height: `${height}px` };
  const cursor = isCursor ? " cursor" : "";
  if (row.kind === "stage")
    return (
      <div
        id={id}
        class={`row stage-row${cursor}`}
        style={style}
        role="treeitem"
        aria-level={1}
        aria-expanded={row.isOpen}
        aria-selected={false}
        tabIndex={-1}
        data-row={index}
      >
        <span class="twist" aria-hidden="true">
          {row.isOpen ? "▾" : "▸"}
        </span>
        <span class="row-name">{plainLine(row.stage.stage)}</span>
        <StageMarks row={row} facts={facts} />
        <span class="soft row-count">{stepsOf(row)}</span>
      </div>
    );
  const { step } = row;
  const cascade = facts.isCascade(step.step_id) ? " cascade" : "";
  const onset = facts.isOnset(step.step_id) ? " onset" : "";
  return (
    <div
      id={id}
      class={`row step-row depth-${row.depth}${cascade}${onset}${cursor}${isChosen ? " chosen" : ""}`}
      style={style}
      role="treeitem"
      aria-level={row.depth + 2}
      aria-selected={isChosen}
      aria-label={spoken(step, facts)}
      tabIndex={-1}
      data-row={index}
    >
      <span class="row-id">{step.step_id}</span>
      <span class={`glyph ${step.kind}`} aria-hidden="true" />
      <span class="row-name">
        {step.agent === "main" ? "" : `${plainLine(step.agent)}: `}
        {plainLine(step.name)}
        <span class="row-action">{actionStart(step)}</span>
      </span>
      <StepMarks step={step} facts={facts} />
    </div>
  );
}

function StageMarks({ row, facts }: { row: Row & { kind: "stage" }; facts: RunFacts }): JSX.Element | null {
  if (row.isOpen) return null;
  const { start_step_id: start, end_step_id: end } = row.stage;
  const labelled = facts.labelled.filter((id) => id >= start && id <= end);
  if (labelled.length === 0) return null;
  const isBad = labelled.some((id) => facts.labels(id).some((label) => label.label === "incorrect"));
  return <span class={`tag ${isBad ? "bad" : "warn"}`}>{plural(labelled.length, "label")}</span>;
}

function StepMarks({ step, facts }: { step: PageStep; facts: RunFacts }): JSX.Element {
  const names = new Set(facts.labels(step.step_id).map((label) => label.label));
  return (
    <span class="row-marks">
      {step.repeat_of !== undefined && (
        <span class="soft" title={`repeats step ${step.repeat_of}`}>
          ↻
        </span>
      )}
      {step.failed && <span class="bad-text">✗</span>}
      {facts.isOnset(step.step_id) && <span class="tag onset">onset</span>}
      {names.has("incorrect") && !facts.isOnset(step.step_id) && <span class="tag bad">incorrect</span>}
      {names.has("unuseful") && <span class="tag warn">unuseful</span>}
    </span>
  );
}

/** The first words of a command: steps of one name are told apart by them. */
function actionStart({ is_shell, action }: PageStep): string {
  return is_shell ? plainLine(action.trimStart().slice(0, ACTION_CHARS).split("\n", 1)[0] ?? "") : "";
}

function stepsOf({ stage, shown }: Row & { kind: "stage" }): string {
  const { start_step_id: start, end_step_id: end } = stage;
  const range = start === end ? `${start}` : `${start}–${end}`;
  return shown < end - start + 1 ? `${shown} of ${range}` : range;
}

function spoken(step: PageStep, facts: RunFacts): string {
  const parts = [
    `Step ${step.step_id}`,
    step.kind,
    step.failed ? "failed" : "",
    facts.isOnset(step.step_id) ? "onset" : "",
    facts.isCascade(step.step_id) ? "cascade" : "",
    ...facts.labels(step.step_id).map((label) => label.label),
    plainLine(step.name),
  ];
  return parts.filter((part) => part !== "").join(", ");
}
