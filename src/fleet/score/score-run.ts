import { plural, stepRanges } from "../../report/words.ts";
import type { BehaviourFlag, Label, Score } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { type Charge, itemise, shareOut } from "./charge.ts";
import { isUnjudgeable, type JudgedStep, judgedSteps, lastCode } from "./judged-step.ts";
import { BAD_BEHAVIOURS, CASCADE_HALF_STEPS, FULL_SHARE, PENALTY_POINTS } from "./weights.ts";

/** The name of the penalty for how the run ended: the one that no look at the steps explains. */
const OUTCOME_PENALTY = "outcome";

/**
 * A run's quality, 0 to 100, with its penalties itemised; null where it has no steps or its harness broke it. Deterministic; the
 * penalties' points and the value sum to 100; an added step that is called incorrect never raises it, nor does more
 * confidence in a label or a flag that speaks against the run. The weights and why they are such: `docs/scores.md`.
 */
export function scoreRun(workspace: TracedWorkspace, flags: readonly BehaviourFlag[]): Score | null {
  if (isUnjudgeable(workspace)) return null;
  const judged = judgedSteps(workspace);
  return itemise([
    ...outcomeCharge(workspace),
    ...incorrectCharges(judged),
    ...cascadeCharge(workspace, judged),
    ...behaviourCharges(flags),
    ...wasteCharges(judged),
    ...unverifiedCharge(judged),
  ]);
}

/** The score without the penalty for the outcome, 30 to 100: how the run was made, not how it ended. */
export function processScore({ penalties }: Score): number {
  const hundredths = penalties
    .filter(({ name }) => name !== OUTCOME_PENALTY)
    .reduce((sum, { points }) => sum + Math.round(points * 100), 0);
  return (10_000 - hundredths) / 100;
}

function outcomeCharge({ extraction }: TracedWorkspace): Charge[] {
  if (extraction.outcome.resolved !== false) return [];
  const reason = "the task was not solved, as the run's verifier has it";
  return [{ name: OUTCOME_PENALTY, points: PENALTY_POINTS.outcome, reason, step_ids: [] }];
}

function incorrectCharges(judged: readonly JudgedStep[]): Charge[] {
  const labels = judged.flatMap(({ label }) => (label?.label === "incorrect" ? [label] : []));
  return shareOut(PENALTY_POINTS.incorrect, labels, ({ confidence }) => confidence).map(
    ({ item, points }) => ({
      name: "incorrect",
      points,
      reason: `step ${item.step_id} is called incorrect, ${sureness(item)}: ${item.reasoning}`,
      step_ids: [item.step_id],
    }),
  );
}

function sureness({ confidence, detector }: Label): string {
  return `confidence ${confidence.toFixed(2)} (${detector})`;
}

/** The surest label's confidence stands for that of the chain: an unsure step that comes first must not make its consequences cheaper. */
function cascadeCharge({ diagnosis }: TracedWorkspace, judged: readonly JudgedStep[]): Charge[] {
  const { cascade_step_ids: steps, onset_step_id: onset } = diagnosis;
  const surest = Math.max(
    0,
    ...judged.map(({ label }) => (label?.label === "incorrect" ? label.confidence : 0)),
  );
  if (onset === null || steps.length === 0) return [];
  const points = (PENALTY_POINTS.cascade * surest * steps.length) / (steps.length + CASCADE_HALF_STEPS);
  const reason = `what follows from step ${onset}, where the failure begins: ${plural(steps.length, "step")}, ${stepRanges(steps)}`;
  return [{ name: "cascade", points, reason, step_ids: [...steps] }];
}

function behaviourCharges(flags: readonly BehaviourFlag[]): Charge[] {
  const bad = flags.filter(({ present, behaviour }) => present === true && BAD_BEHAVIOURS.has(behaviour));
  const weight = ({ behaviour, confidence }: BehaviourFlag): number =>
    (BAD_BEHAVIOURS.get(behaviour) ?? 0) * confidence;
  return shareOut(PENALTY_POINTS.behaviours, bad, weight).map(({ item, points }) => ({
    name: item.behaviour,
    points,
    reason: `confidence ${item.confidence.toFixed(2)} (${item.judged_by}): ${item.reason}`,
    step_ids: [...item.step_ids],
  }));
}

/**
 * Unuseful, failed and repeated steps, as shares of the steps that are not called incorrect: those are charged already, and one
 * more of them must not dilute the rest. A step is charged once.
 */
function wasteCharges(judged: readonly JudgedStep[]): Charge[] {
  const others = judged.filter(({ label }) => label?.label !== "incorrect");
  const unuseful = others.filter(({ label }) => label !== null);
  const failed = others.filter(({ label, step }) => label === null && step.failed);
  const repeated = others.filter(
    ({ label, step, isIdleRepeat }) => label === null && !step.failed && isIdleRepeat,
  );
  const sure = unuseful.reduce((sum, { label }) => sum + (label?.confidence ?? 0), 0);
  return [
    ...waste("unuseful", unuseful, sure, others.length, "brought nothing new, weighed by confidence"),
    ...waste("failed", failed, failed.length, others.length, "failed"),
    ...waste(
      "repeated",
      repeated,
      repeated.length,
      others.length,
      "repeated an action with nothing changed since",
    ),
  ];
}

function waste(
  name: keyof typeof FULL_SHARE,
  steps: readonly JudgedStep[],
  weight: number,
  of: number,
  what: string,
): Charge[] {
  if (steps.length === 0) return [];
  const ids = steps.map(({ step }) => step.step_id);
  const points = PENALTY_POINTS[name] * Math.min(1, weight / of / FULL_SHARE[name]);
  return [
    {
      name,
      points,
      reason: `${ids.length} of ${plural(of, "step")} ${what}: ${stepRanges(ids)}`,
      step_ids: ids,
    },
  ];
}

function unverifiedCharge(judged: readonly JudgedStep[]): Charge[] {
  const last = lastCode(judged);
  if (last === null || last.wasRun) return [];
  const reason = `from step ${last.step_id} on, where code was written last, no step that is not itself called incorrect ran or tested anything`;
  return [{ name: "unverified", points: PENALTY_POINTS.unverified, reason, step_ids: [last.step_id] }];
}
