import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";

const NAME_CHARS = [60, 32, 16, 0];
const MARKS_MAX = 6;

/**
 * The trace tree as the investigator's first message has it: as it is where it has at most `budgetChars`, else one line a stage with its changes and marks
 * (`✗` failed, `↻` repeats a step); of very many stages, neighbours share a line. The whole tree stays in `tree.md`.
 */
export function treeForPrompt(
  tree: string,
  stages: readonly Stage[],
  steps: readonly IndexedStep[],
  budgetChars = 6000,
): string {
  const marked = tree.trimEnd().replace(/ = step (\d+)$/gm, " ↻$1");
  if (marked.length <= budgetChars) return marked;
  for (const chars of NAME_CHARS) {
    const folded = withNote(stages.map((stage) => stageLine([stage], steps, chars)));
    if (folded.length <= budgetChars) return folded;
  }
  for (let together = 2; together < stages.length; together *= 2) {
    const folded = withNote(grouped(stages, together).map((group) => stageLine(group, steps, 0)));
    if (folded.length <= budgetChars) return folded;
  }
  return withNote([stageLine(stages, steps, 0)]);
}

function withNote(lines: readonly string[]): string {
  return ["(folded; every step: tree.md)", ...lines].join("\n");
}

function grouped(stages: readonly Stage[], size: number): Stage[][] {
  const groups: Stage[][] = [];
  for (let at = 0; at < stages.length; at += size) groups.push(stages.slice(at, at + size));
  return groups;
}

function stageLine(group: readonly Stage[], steps: readonly IndexedStep[], nameChars: number): string {
  const first = group[0];
  const last = group.at(-1);
  if (!first || !last) return "";
  const own = steps.slice(first.start_step_id - 1, last.end_step_id);
  const changes = own.filter((step) => step.kind === "change").length;
  const parts = [
    `${group.length === 1 ? "stage" : "stages"} ${range(first.stage_id, last.stage_id)}`,
    `steps ${range(first.start_step_id, last.end_step_id)}`,
    ...(nameChars === 0 ? [] : [first.stage.slice(0, nameChars).trim()]),
    ...(changes === 0 ? [] : [`${changes} ${changes === 1 ? "change" : "changes"}`]),
    ...marks(own, "✗", (step) => step.failed),
    ...marks(own, "↻", (step) => step.repeat_of !== undefined),
  ];
  return parts.join(" · ");
}

function marks(
  steps: readonly IndexedStep[],
  mark: string,
  isMarked: (step: IndexedStep) => boolean,
): string[] {
  const ids = steps.filter(isMarked).map((step) => step.step_id);
  if (ids.length === 0) return [];
  return [`${mark}${ids.length <= MARKS_MAX ? ids.join(",") : `${ids.length} steps`}`];
}

function range(first: number, last: number): string {
  return first === last ? `${first}` : `${first}–${last}`;
}
