import type { BehaviourFlag, Label, Stage } from "../../trajectory/index.ts";
import type { PageStep, RunPageData } from "./data.ts";

/** A quote that stands in a step, and whom it speaks against. */
export interface QuoteHere {
  where: "action" | "observation" | "thinking";
  quote: string;
  /** The labels that rest on it. */
  label: Label | null;
  /** The behaviours that rest on it. */
  flag: BehaviourFlag | null;
}

/** A page's data with what is asked of it again and again, looked up once. */
export interface RunFacts {
  data: RunPageData;
  labels(stepId: number): readonly Label[];
  quotes(stepId: number): readonly QuoteHere[];
  flags(stepId: number): readonly BehaviourFlag[];
  stage(stepId: number): Stage | null;
  step(stepId: number): PageStep | null;
  isOnset(stepId: number): boolean;
  isCascade(stepId: number): boolean;
  isLabelled(stepId: number): boolean;
  /** Ids of steps with a label, ascending. */
  labelled: readonly number[];
  present: readonly BehaviourFlag[];
  tools: readonly string[];
}

/** Looks up everything once: the page asks at every key stroke. */
export function runFacts(data: RunPageData): RunFacts {
  const { steps, diagnosis, stages } = data;
  const present = data.flags.filter((flag) => flag.present === true);
  const labels = groupBy(diagnosis.labels, (label) => [label.step_id]);
  const flags = groupBy(present, (flag) => flag.step_ids);
  const quotes = groupBy(
    [
      ...diagnosis.labels.flatMap((label) =>
        label.evidence.map((evidence) => ({ ...evidence, label, flag: null })),
      ),
      ...present.flatMap((flag) => flag.evidence.map((evidence) => ({ ...evidence, label: null, flag }))),
    ],
    (quote) => [quote.step_id],
  );
  const stageOf = stageIndex(stages, steps.length);
  const cascade = new Set(diagnosis.cascade_step_ids);
  return {
    data,
    labels: (id) => labels.get(id) ?? [],
    quotes: (id) => quotes.get(id) ?? [],
    flags: (id) => flags.get(id) ?? [],
    stage: (id) => stageOf[id - 1] ?? null,
    step: (id) => steps[id - 1] ?? null,
    isOnset: (id) => id === diagnosis.onset_step_id,
    isCascade: (id) => cascade.has(id),
    isLabelled: (id) => labels.has(id),
    labelled: [...labels.keys()].sort((a, b) => a - b),
    present,
    tools: [...new Set(steps.flatMap((step) => (step.tool === undefined ? [] : [step.tool])))].sort(),
  };
}

function groupBy<Item>(
  items: readonly Item[],
  idsOf: (item: Item) => readonly number[],
): Map<number, Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items)
    for (const id of idsOf(item)) {
      const group = groups.get(id);
      if (group) group.push(item);
      else groups.set(id, [item]);
    }
  return groups;
}

function stageIndex(stages: readonly Stage[], stepCount: number): (Stage | null)[] {
  const index = new Array<Stage | null>(stepCount).fill(null);
  for (const stage of stages) index.fill(stage, stage.start_step_id - 1, stage.end_step_id);
  return index;
}
