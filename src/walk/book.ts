import { actionText } from "../report/action-text.ts";
import type { Evidence, IndexedStep, Label, Stage } from "../trajectory/index.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { indexLines, type LineIndex } from "./line-index.ts";
import { placeInReadable, placeOf } from "./quote-place.ts";

/** A text of a step. */
export type Field = Evidence["where"];

/** The texts of a step in the order in which they came about and are shown. */
export const FIELDS: readonly Field[] = ["thinking", "action", "observation"];

/** A stretch of a step's text, as offsets into it; `end` is exclusive. */
export interface Stretch {
  step_id: number;
  field: Field;
  start: number;
  end: number;
}

/** Rows of a long line that are laid out at a time. */
const PIECE_ROWS = 32;

/** A diagnosed run, ready to be leafed through: everything of a step is found at once, long texts are looked at when they are shown. */
export class Book {
  readonly workspace: TracedWorkspace;
  readonly steps: readonly IndexedStep[];
  readonly #labels = new Map<number, Label[]>();
  readonly #evidence = new Map<number, { evidence: Evidence; label: Label }[]>();
  readonly #actions = new Map<number, string>();
  readonly #quotes = new Map<string, Stretch[]>();
  readonly #lines = new Map<string, { pieceChars: number; index: LineIndex }>();

  constructor(workspace: TracedWorkspace) {
    this.workspace = workspace;
    this.steps = workspace.steps;
    for (const label of workspace.diagnosis.labels) {
      listed(this.#labels, label.step_id).push(label);
      for (const evidence of label.evidence)
        listed(this.#evidence, evidence.step_id).push({ evidence, label });
    }
  }

  step(stepId: number): IndexedStep | undefined {
    return this.steps[stepId - 1];
  }

  stage(stepId: number): Stage | undefined {
    return this.workspace.stages.find((one) => stepId >= one.start_step_id && stepId <= one.end_step_id);
  }

  /** Labels of a step. */
  labels(stepId: number): readonly Label[] {
    return this.#labels.get(stepId) ?? [];
  }

  /** Steps whose labels quote this one, itself left out, ascending. */
  quotedFor(stepId: number): number[] {
    const ids = (this.#evidence.get(stepId) ?? []).map(({ label }) => label.step_id);
    return [...new Set(ids)].filter((id) => id !== stepId).sort((a, b) => a - b);
  }

  /** A text of a step as it is shown; null = not recorded. */
  text(stepId: number, field: Field): string | null {
    const step = this.step(stepId);
    if (step === undefined) return null;
    if (field === "observation") return step.observation;
    return field === "thinking" ? (step.thinking ?? null) : this.#action(step);
  }

  /** Where the text of a step is quoted as evidence, in its order. */
  quotes(stepId: number, field: Field): readonly Stretch[] {
    const key = `${stepId} ${field}`;
    const known = this.#quotes.get(key);
    if (known !== undefined) return known;
    const text = this.text(stepId, field) ?? "";
    const found = this.#quoted(stepId, field).flatMap((quote) => {
      const place = field === "action" ? placeInReadable(quote, text) : placeOf(quote, text);
      return place === null ? [] : [{ step_id: stepId, field, ...place }];
    });
    found.sort((a, b) => a.start - b.start || a.end - b.end);
    this.#quotes.set(key, found);
    return found;
  }

  /** The lines of a step's text for a width in columns; none where it is not recorded. */
  lines(stepId: number, field: Field, width: number): LineIndex {
    const key = `${stepId} ${field}`;
    const pieceChars = width * PIECE_ROWS;
    const known = this.#lines.get(key);
    if (known?.pieceChars === pieceChars) return known.index;
    const index = indexLines(this.text(stepId, field) ?? "", pieceChars);
    this.#lines.set(key, { pieceChars, index });
    return index;
  }

  /** An action is shown as people write it, or as recorded where a quote stands only there. */
  #action(step: IndexedStep): string {
    const known = this.#actions.get(step.step_id);
    if (known !== undefined) return known;
    const readable = actionText(step);
    const quotes = this.#quoted(step.step_id, "action");
    const text = quotes.every((quote) => placeInReadable(quote, readable) !== null) ? readable : step.action;
    this.#actions.set(step.step_id, text);
    return text;
  }

  #quoted(stepId: number, field: Field): string[] {
    const here = (this.#evidence.get(stepId) ?? []).filter(({ evidence }) => evidence.where === field);
    return [...new Set(here.map(({ evidence }) => evidence.quote))];
  }
}

function listed<T>(map: Map<number, T[]>, key: number): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
