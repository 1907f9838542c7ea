import type { IndexedStep, Label } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { changed, isCodeFile, isInterrupt, isWait } from "../behaviours/trace-face.ts";
import { exercises, isOwnWork } from "../behaviours/work.ts";

/** A step with what is known for and against it. */
export interface JudgedStep {
  readonly step: IndexedStep;
  /** Its surest label, an incorrect one before an unuseful one; null = none. */
  readonly label: Label | null;
  /**
   * It repeats an action although nothing was changed since. A change that is itself called incorrect does not count: what it
   * made necessary is part of its price.
   */
  readonly isIdleRepeat: boolean;
  /** It is the first to run the work after the agent changed it, and is not called incorrect. */
  readonly isVerification: boolean;
  /** It changed something, after which what had failed went well; null = it did not. */
  readonly recovery: Recovery | null;
}

/** The failure that a change mended, and the step that shows it. */
export interface Recovery {
  failed_step_id: number;
  shown_step_id: number;
}

/** A run that says nothing about the agent: the harness broke it, or there is no step. */
export function isUnjudgeable({ extraction, diagnosis, steps }: TracedWorkspace): boolean {
  return (
    steps.length === 0 ||
    extraction.outcome.infrastructure_failure !== null ||
    diagnosis.verdict === "infrastructure_failure"
  );
}

/** Every step of a run with what is known for and against it, in step order. Pure. */
export function judgedSteps({ steps, diagnosis }: TracedWorkspace): JudgedStep[] {
  const labels = labelsByStep(diagnosis.labels);
  const isSound = (step: IndexedStep): boolean => labels.get(step.step_id)?.label !== "incorrect";
  const repeats = idleRepeats(steps, isSound);
  const verifications = verificationsOf(steps, isSound);
  const recoveries = recoveriesOf(steps, isSound);
  return steps.map((step) => ({
    step,
    label: labels.get(step.step_id) ?? null,
    isIdleRepeat: repeats.has(step.step_id),
    isVerification: verifications.has(step.step_id),
    recovery: recoveries.get(step.step_id) ?? null,
  }));
}

/** Whether the last code that the agent wrote by hand was run by a step that is not called incorrect; null = it wrote none. */
export function lastCode(judged: readonly JudgedStep[]): { step_id: number; wasRun: boolean } | null {
  const last = judged.findLast(({ step }) => isOwnWork(step) && step.touches.writes?.some(isCodeFile))?.step;
  if (!last) return null;
  const wasRun = judged
    .slice(last.step_id - 1)
    .some(({ step, label }) => label?.label !== "incorrect" && exercises(step));
  return { step_id: last.step_id, wasRun };
}

function labelsByStep(labels: readonly Label[]): Map<number, Label> {
  const best = new Map<number, Label>();
  const rank = ({ label, confidence }: Label): number => (label === "incorrect" ? 2 : 0) + confidence;
  for (const label of labels) {
    const known = best.get(label.step_id);
    if (!known || rank(label) > rank(known)) best.set(label.step_id, label);
  }
  return best;
}

function idleRepeats(steps: readonly IndexedStep[], isSound: (step: IndexedStep) => boolean): Set<number> {
  const latest = new Map<number, number>();
  const idle = new Set<number>();
  let lastChange = 0;
  for (const step of steps) {
    const root = step.repeat_of ?? step.step_id;
    const before = latest.get(root);
    if (before !== undefined && lastChange <= before && !isWait(step) && !isInterrupt(step))
      idle.add(step.step_id);
    latest.set(root, step.step_id);
    if (changed(step) && isSound(step)) lastChange = step.step_id;
  }
  return idle;
}

function verificationsOf(
  steps: readonly IndexedStep[],
  isSound: (step: IndexedStep) => boolean,
): Set<number> {
  const verifying = new Set<number>();
  let isDue = false;
  for (const step of steps) {
    if (isOwnWork(step)) isDue = true;
    if (!isDue || !isSound(step) || !exercises(step)) continue;
    verifying.add(step.step_id);
    isDue = false;
  }
  return verifying;
}

/** By the change that is credited: the last sound one between a failure and the same action, or almost the same, going well. */
function recoveriesOf(
  steps: readonly IndexedStep[],
  isSound: (step: IndexedStep) => boolean,
): Map<number, Recovery> {
  const roots = new Map<number, number>();
  const failures = new Map<number, number>();
  const found = new Map<number, Recovery>();
  let lastChange = 0;
  for (const step of steps) {
    const earlier = step.repeat_of ?? step.near_repeat_of;
    const root = earlier === undefined ? step.step_id : (roots.get(earlier) ?? earlier);
    roots.set(step.step_id, root);
    const failed = failures.get(root);
    if (step.failed) failures.set(root, step.step_id);
    else failures.delete(root);
    if (!step.failed && failed !== undefined && lastChange > failed)
      found.set(lastChange, { failed_step_id: failed, shown_step_id: step.step_id });
    if (changed(step) && isSound(step)) lastChange = step.step_id;
  }
  return found;
}
