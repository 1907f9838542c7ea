import type { IndexedStep } from "../../../trajectory/index.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { coreAction } from "../core-action.ts";
import { fewerSteps, firstLack, unseen } from "../lacks.ts";
import { actionEvidence } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { actionText, baseName, changed, type DetectedFinding, names } from "../trace-face.ts";
import { exercises } from "../work.ts";

const STEPS_MIN = 8;
/** Nearer by, a lapse is haste or a retry and not forgotten. */
const DISTANCE_STEPS = 5;
const LOOKS_MIN = 3;
/** What is shorter is a status and not something to remember. */
const OBSERVATION_MIN_CHARS = 200;
const CONTRADICTED = 0.65;
const LOOKED_AGAIN = 0.65;

/** What the run had established is not known any more. */
export const memoryDrift: Behaviour = {
  id: "memory-drift",
  polarity: "bad",
  lacks: (run) => firstLack(fewerSteps(run, STEPS_MIN), unseen(run)),
  signs: (run) => [...contradictions(run), ...looksAgain(run)],
};

function contradictions(run: RunRead): Sign[] {
  return run
    .found("ignored-evidence")
    .filter((one) => distance(one) >= DISTANCE_STEPS)
    .map((one) => ({
      confidence: CONTRADICTED,
      step_ids: [one.step_id],
      evidence: one.evidence,
      reason: one.reasoning,
    }));
}

/** How many steps lie between what was shown first and the lapse. */
function distance(finding: DetectedFinding): number {
  return finding.step_id - Math.min(...finding.evidence.map((one) => one.step_id));
}

function looksAgain(run: RunRead): Sign[] {
  const seen = new Map<string, IndexedStep>();
  const again: [IndexedStep, IndexedStep][] = [];
  for (const step of run.steps) {
    if (!isLook(step)) continue;
    const key = `${coreAction(step)}\n${step.observation}`;
    const first = seen.get(key);
    if (first && step.step_id - first.step_id >= DISTANCE_STEPS && !isTouched(run, first, step))
      again.push([first, step]);
    seen.set(key, step);
  }
  if (again.length < LOOKS_MIN) return [];
  return [
    {
      confidence: LOOKED_AGAIN,
      step_ids: again.map(([, step]) => step.step_id),
      evidence: again.slice(0, LOOKS_MIN).flatMap(([first, step]) => actionEvidence(first, step)),
      reason: `${again.length} times the agent looks up again what it had been shown in full five steps or more before, and what it looks at had not been changed in between.`,
    },
  ];
}

/** Something of substance is read. */
function isLook(step: IndexedStep): boolean {
  return (
    step.kind === "explore" &&
    !step.failed &&
    !exercises(step) &&
    (step.touches.reads?.length ?? 0) > 0 &&
    (step.observation?.trim().length ?? 0) >= OBSERVATION_MIN_CHARS
  );
}

/** Something that is read may have been changed in between, even if back to what it was. */
function isTouched(run: RunRead, first: IndexedStep, step: IndexedStep): boolean {
  const read = (step.touches.reads ?? []).map(baseName);
  return run.context
    .between(first.step_id, step.step_id)
    .some((one) => changed(one) && read.some((name) => names(actionText(one), name)));
}
