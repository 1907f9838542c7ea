import type { IndexedStep } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import type { AttemptRun } from "./ledger.ts";

/** From here on two actions count as the same one: what differs is a name or a number. */
const SAME_ACTION = 0.75;
const WORD = /[\p{L}\p{N}_]+/gu;

/** The onset of a diagnosed run: what the next attempt must not do again; null = none was found. */
export function onsetStep({ diagnosis, steps }: TracedWorkspace): IndexedStep | null {
  const id = diagnosis.onset_step_id;
  return id === null ? null : (steps[id - 1] ?? null);
}

/**
 * The first step of a new run that does what the original run's onset did; null = none does. Actions are compared by their words (Jaccard index of the
 * words, with how often each stands), the folder that the attempt ran in left out.
 */
export function recurrenceOf(
  onset: IndexedStep,
  run: TracedWorkspace,
  workdir: string,
): AttemptRun["recurrence"] {
  const wanted = wordCounts(onset.action);
  for (const step of run.steps) {
    const similarity = jaccard(wanted, wordCounts(step.action.replaceAll(workdir, ".")));
    if (similarity >= SAME_ACTION)
      return {
        step_id: step.step_id,
        similarity: Number(similarity.toFixed(3)),
        is_onset: run.diagnosis.onset_step_id === step.step_id,
      };
  }
  return null;
}

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Of multisets; 0 where one is empty. */
function jaccard(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [shared, all] = [0, 0];
  for (const word of new Set([...a.keys(), ...b.keys()])) {
    const [inA, inB] = [a.get(word) ?? 0, b.get(word) ?? 0];
    shared += Math.min(inA, inB);
    all += Math.max(inA, inB);
  }
  return a.size === 0 || b.size === 0 ? 0 : shared / all;
}
