import type { IndexedStep } from "../../trajectory/step.ts";
import { visibleText } from "./plain-text.ts";

const PATHS_MAX = 12;
const STEPS_MAX = 20;
const PATH_CHARS = 120;

/** What later steps made of a step, from what is known of the files that each touches: facts, no judgement. In step order. */
export function laterViews(steps: readonly IndexedStep[]): string[] {
  const byPath = new Map<string, Map<Use, string[]>>();
  const repeats = new Map<number, string[]>();
  const views: string[] = [];
  for (const step of steps.toReversed()) {
    views.push(laterView(step, byPath, repeats.get(step.step_id) ?? []));
    for (const [path, use] of uses(step)) {
      const known = byPath.get(path) ?? new Map<Use, string[]>();
      byPath.set(path, known.set(use, noted(known.get(use), `${step.step_id}${step.failed ? "✗" : ""}`)));
    }
    const of = step.repeat_of ?? step.near_repeat_of;
    const almost = step.repeat_of === undefined ? " (almost)" : "";
    if (of !== undefined) repeats.set(of, noted(repeats.get(of), `${step.step_id}${almost}`));
  }
  return views.reverse();
}

type Use = "reads" | "writes" | "deletes";

function laterView(
  step: IndexedStep,
  byPath: ReadonlyMap<string, ReadonlyMap<Use, readonly string[]>>,
  repeats: readonly string[],
): string {
  const { writes = [], deletes = [] } = step.touches;
  const paths = [...new Set([...writes, ...deletes])];
  const lines = paths.slice(0, PATHS_MAX).map((path) => {
    const later = [...(byPath.get(path) ?? [])].map(([use, ids]) => `${use} ${ids.join(", ")}`);
    const name = visibleText(path).replace(/\s+/g, " ").slice(0, PATH_CHARS);
    const told = later.length === 0 ? "no step is seen to touch it" : later.reverse().join("; ");
    return `step ${step.step_id} ${writes.includes(path) ? "writes" : "deletes"} ${name}; later: ${told}`;
  });
  if (paths.length > PATHS_MAX) lines.push(`[${paths.length - PATHS_MAX} more paths]`);
  if (paths.length === 0) lines.push(`step ${step.step_id} is not seen to write or delete a file`);
  if (repeats.length > 0) lines.push(`its action is repeated by ${repeats.join(", ")}`);
  return `${lines.join("\n")}\n`;
}

/** A path and what a step does with it; what changes it counts before what reads it. */
function uses({ touches }: IndexedStep): Map<string, Use> {
  const { reads = [], writes = [], deletes = [] } = touches;
  return new Map([
    ...reads.map((path) => [path, "reads"] as const),
    ...writes.map((path) => [path, "writes"] as const),
    ...deletes.map((path) => [path, "deletes"] as const),
  ]);
}

/** Read backwards: the newest found comes first, and the last steps give way. */
function noted(ids: readonly string[] | undefined, id: string): string[] {
  return [id, ...(ids ?? [])].slice(0, STEPS_MAX);
}
