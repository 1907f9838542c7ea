import type { PageStep } from "./data.ts";

/** What the list of steps is narrowed to. */
export interface Filter {
  /** Found in the name, action, observation or thinking, whatever the case; "" = anything. */
  text: string;
  kind: "any" | PageStep["kind"];
  isFailed: boolean;
  isLabelled: boolean;
  stage_id: number | null;
  tool: string | null;
}

/** Lets every step through. */
export const NO_FILTER: Filter = {
  text: "",
  kind: "any",
  isFailed: false,
  isLabelled: false,
  stage_id: null,
  tool: null,
};

/** Whether anything is filtered at all. */
export function isFiltering(filter: Filter): boolean {
  return (Object.keys(NO_FILTER) as (keyof Filter)[]).some((key) => filter[key] !== NO_FILTER[key]);
}

/** The ids of the steps that a filter lets through, in order. */
export function matchingSteps(
  steps: readonly PageStep[],
  filter: Filter,
  facts: { isLabelled(stepId: number): boolean; stageOf(stepId: number): number | null },
): number[] {
  const wanted = filter.text.trim().toLowerCase();
  return steps
    .filter(
      (step) =>
        (filter.kind === "any" || step.kind === filter.kind) &&
        (!filter.isFailed || step.failed) &&
        (!filter.isLabelled || facts.isLabelled(step.step_id)) &&
        (filter.stage_id === null || facts.stageOf(step.step_id) === filter.stage_id) &&
        (filter.tool === null || step.tool === filter.tool) &&
        (wanted === "" || holds(step, wanted)),
    )
    .map((step) => step.step_id);
}

/** Texts of more characters than this are not kept a second time for searching. */
const KEPT_CHARS = 200_000;
const lowered = new WeakMap<PageStep, string>();

function holds(step: PageStep, wanted: string): boolean {
  const known = lowered.get(step);
  if (known !== undefined) return known.includes(wanted);
  const text = [
    step.name,
    step.readable_action ?? "",
    step.action,
    step.thinking ?? "",
    step.observation ?? "",
  ]
    .join("\n")
    .toLowerCase();
  if (text.length <= KEPT_CHARS) lowered.set(step, text);
  return text.includes(wanted);
}
