import type { PageExcerpt, PageLabel } from "../../page/fleet/data.ts";
import { encodeStep } from "../../page/fleet/strip-codes.ts";
import type { Evidence, IndexedStep, Label } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { actionText } from "../action-text.ts";

/** What the page of a fleet takes from a run's workspace: small enough to hold thousands at once. */
export interface FleetRunDetail {
  strip: string;
  /** What each step does. */
  names: readonly string[];
  labels: readonly PageLabel[];
  summary: string;
  strategy: string | null;
  excerpts: readonly PageExcerpt[];
}

/** Steps told before and after the onset. */
const BEFORE = 2;
const AFTER = 3;
/** Where there is no onset, so many of the last steps are told. */
const LAST = 4;
const ACTION_CHARS = 600;
const OBSERVATION_CHARS = 900;
const NAME_CHARS = 90;
const REASON_CHARS = 900;
const QUOTE_CHARS = 400;
const LABELS = 60;

/** Boils a run down to what the page of its fleet shows. Pure. */
export function fleetRunDetail({ steps, diagnosis }: TracedWorkspace): FleetRunDetail {
  return {
    strip: stripOf(steps, diagnosis),
    names: steps.map((step) => cut(step.name, NAME_CHARS)),
    labels: diagnosis.labels.slice(0, LABELS).map(pageLabel),
    summary: cut(diagnosis.summary, REASON_CHARS),
    strategy: diagnosis.strategy === null ? null : cut(diagnosis.strategy, REASON_CHARS),
    excerpts: toldSteps(steps, diagnosis.onset_step_id).map(excerpt),
  };
}

function stripOf(steps: readonly IndexedStep[], diagnosis: TracedWorkspace["diagnosis"]): string {
  const labelled = (name: string) =>
    new Set(diagnosis.labels.filter(({ label }) => label === name).map(({ step_id }) => step_id));
  const [incorrect, unuseful] = [labelled("incorrect"), labelled("unuseful")];
  const cascade = new Set(diagnosis.cascade_step_ids);
  return steps
    .map((step) =>
      encodeStep({
        isChange: step.kind === "change",
        isFailed: step.failed,
        isIncorrect: incorrect.has(step.step_id),
        isUnuseful: unuseful.has(step.step_id),
        isCascade: cascade.has(step.step_id),
        isRepeat: step.repeat_of !== undefined,
      }),
    )
    .join("");
}

function toldSteps(steps: readonly IndexedStep[], onset: number | null): readonly IndexedStep[] {
  if (onset === null) return steps.slice(-LAST);
  return steps.filter(({ step_id }) => step_id >= onset - BEFORE && step_id <= onset + AFTER);
}

function excerpt(step: IndexedStep): PageExcerpt {
  const { step_id, kind, failed, observation } = step;
  return {
    step_id,
    kind,
    name: cut(step.name, NAME_CHARS),
    failed,
    action: cut(actionText(step), ACTION_CHARS),
    observation: observation === null ? null : cutMiddle(observation, OBSERVATION_CHARS),
  };
}

function pageLabel(label: Label): PageLabel {
  return {
    step_id: label.step_id,
    label: label.label,
    confidence: round(label.confidence),
    reasoning: cut(label.reasoning, REASON_CHARS),
    evidence: pageEvidence(label.evidence),
    better_alternative:
      label.better_alternative === undefined ? null : cut(label.better_alternative, REASON_CHARS),
  };
}

/** Quotes, each cut to a few lines. */
export function pageEvidence(evidence: readonly Evidence[]): Evidence[] {
  return evidence.map((one) => ({ ...one, quote: cut(one.quote, QUOTE_CHARS) }));
}

/** A text of at most so many characters, the sign for what is cut among them. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The same with the middle gone: what a command says last is what counts. */
function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.slice(text.length - Math.floor(most / 2)).replace(/^[\uDC00-\uDFFF]/, "");
  return `${cut(text, Math.floor(most / 2))}\n${end}`;
}

/** Two digits after the point: a page shows no more. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
