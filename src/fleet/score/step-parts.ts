import type { BehaviourFlag } from "../../trajectory/index.ts";
import type { JudgedStep } from "./judged-step.ts";
import { BAD_BEHAVIOURS, GOOD_BEHAVIOURS, PART_CONFIDENCE, STEP_WORTH } from "./weights.ts";

/** One thing that speaks for or against a step. */
export interface Part {
  /** −1 to 1. */
  worth: number;
  confidence: number;
  reason: string;
}

/** The heaviest of what speaks against a step; null = nothing does. */
export function againstStep(judged: JudgedStep, flags: readonly BehaviourFlag[]): Part | null {
  const bad = shown(judged, flags)
    .filter(({ behaviour }) => BAD_BEHAVIOURS.has(behaviour))
    .map((flag) => flagPart(flag, STEP_WORTH.bad_behaviour));
  const parts = [labelPart(judged), ...bad, repeatPart(judged), failurePart(judged)];
  return utmost(parts, (part) => -part.worth);
}

/** The weightiest of what speaks for a step; null = nothing does, or it carries a label. */
export function forStep(judged: JudgedStep, flags: readonly BehaviourFlag[]): Part | null {
  if (judged.label !== null) return null;
  const good = shown(judged, flags).flatMap((flag) => {
    const worth = GOOD_BEHAVIOURS.get(flag.behaviour);
    return worth === undefined ? [] : [flagPart(flag, worth)];
  });
  return utmost([...good, verificationPart(judged), recoveryPart(judged)], (part) => part.worth);
}

function shown({ step }: JudgedStep, flags: readonly BehaviourFlag[]): BehaviourFlag[] {
  return flags.filter(({ present, step_ids }) => present === true && step_ids.includes(step.step_id));
}

function utmost(parts: readonly (Part | null)[], weight: (part: Part) => number): Part | null {
  return parts.reduce((best, part) => {
    if (part === null || weight(part) <= 0) return best;
    return best === null || weight(part) > weight(best) ? part : best;
  }, null);
}

function flagPart({ behaviour, confidence }: BehaviourFlag, worth: number): Part {
  return {
    worth: worth * confidence,
    confidence,
    reason: `shows ${behaviour}, confidence ${confidence.toFixed(2)}`,
  };
}

function labelPart({ label }: JudgedStep): Part | null {
  if (label === null) return null;
  const { confidence, detector } = label;
  const reason = `called ${label.label}, confidence ${confidence.toFixed(2)} (${detector})`;
  return { worth: STEP_WORTH[label.label] * confidence, confidence, reason };
}

function repeatPart({ isIdleRepeat }: JudgedStep): Part | null {
  if (!isIdleRepeat) return null;
  const reason = "repeats an action with nothing changed since";
  return { worth: STEP_WORTH.repeated, confidence: PART_CONFIDENCE.repeated, reason };
}

function failurePart({ step }: JudgedStep): Part | null {
  if (!step.failed) return null;
  const isRecorded = step.is_error === true || step.exit_code_source === "recorded";
  const confidence = isRecorded ? PART_CONFIDENCE.failed_recorded : PART_CONFIDENCE.failed_inferred;
  return { worth: STEP_WORTH.failed, confidence, reason: "fails" };
}

function verificationPart({ isVerification }: JudgedStep): Part | null {
  if (!isVerification) return null;
  const reason = "runs what was changed before";
  return { worth: STEP_WORTH.verification, confidence: PART_CONFIDENCE.verification, reason };
}

function recoveryPart({ recovery }: JudgedStep): Part | null {
  if (recovery === null) return null;
  const reason = `mends what failed at step ${recovery.failed_step_id}, as step ${recovery.shown_step_id} shows`;
  return { worth: STEP_WORTH.recovery, confidence: PART_CONFIDENCE.recovery, reason };
}
