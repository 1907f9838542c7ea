import { firstLine } from "../../../trace/step-text.ts";
import type { IndexedStep } from "../../../trajectory/index.ts";
import { counted, type FailedRun, type Sign } from "./sign.ts";

const LEAST_REPEATS = 4;
const LEAST_SHARE = 0.2;
const LIMIT = /limit|timeout|max[ _-]?(?:steps|turns|iterations)|exceeded|stuck/i;

/** Signs that the run went in circles: repeated actions, and an end that a limit made. */
export function loopSigns({ steps, workspace }: FailedRun): Sign[] {
  const repeats = idleRepeats(steps);
  const share = repeats.length / Math.max(steps.length, 1);
  const isLoop = repeats.length >= LEAST_REPEATS && share >= LEAST_SHARE;
  const status = workspace.extraction.outcome.exit_status;
  const isLimited = status !== null && LIMIT.test(status);
  const signs: Sign[] = [];
  if (isLoop) {
    signs.push({
      stage: "looping",
      weight: 0.2 + 2 * share,
      reason: `${counted(repeats.length, "step")} of ${steps.length} repeat an earlier action to no new effect`,
      evidence: quotesOf(repeats),
    });
  }
  if (isLimited && repeats.length >= LEAST_REPEATS) {
    signs.push({
      stage: "looping",
      weight: 0.5,
      reason: "a limit ended the run while it repeated itself",
      evidence: [],
    });
  }
  return signs;
}

/** Repeats that show what the action had shown last, or come without a change in between: testing again after an edit is no loop. */
function idleRepeats(steps: readonly IndexedStep[]): IndexedStep[] {
  const last = new Map<number, IndexedStep>();
  let lastChange = 0;
  const repeats: IndexedStep[] = [];
  for (const step of steps) {
    const first = step.repeat_of ?? step.near_repeat_of;
    const before = first === undefined ? undefined : (last.get(first) ?? steps[first - 1]);
    if (before !== undefined) {
      const isSame = before.observation !== null && before.observation === step.observation;
      if (isSame || (step.repeat_of !== undefined && lastChange <= before.step_id)) repeats.push(step);
    }
    last.set(first ?? step.step_id, step);
    if (step.kind === "change" && !step.failed && before === undefined) lastChange = step.step_id;
  }
  return repeats;
}

/** The action that is repeated most, at its last place. */
function quotesOf(repeats: readonly IndexedStep[]): Sign["evidence"] {
  const counts = new Map<number, IndexedStep[]>();
  for (const step of repeats) {
    const first = step.repeat_of ?? step.near_repeat_of ?? step.step_id;
    counts.set(first, [...(counts.get(first) ?? []), step]);
  }
  const most = [...counts.values()]
    .filter((group) => group.some(({ action }) => action.trim() !== ""))
    .sort((a, b) => b.length - a.length)[0];
  const last = most?.at(-1);
  const quote = last === undefined ? null : firstLine(last.action);
  return last === undefined || quote === null ? [] : [{ step_id: last.step_id, where: "action", quote }];
}
