import type { IndexedStep } from "../../../trajectory/index.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { coreAction } from "../core-action.ts";
import { firstLack, noChange, unseen } from "../lacks.ts";
import { actionEvidence, faultLine, outputEvidence, saidLast } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { baseName, errorLine, isCheck, isWait, names } from "../trace-face.ts";
import { exercises, isOwnWork, mentions, saysFailed, wentThrough } from "../work.ts";

const MENDED = 0.75;
const RECOGNISED = 0.7;
/** The run goes through, and what it prints says that the work is not right yet. */
const NOT_YET =
  /[✗✘❌]|\bFAIL(?:ED)?\b|\b(?:match(?:es)?|passed|equal|correct|identical|success)\w*:? False\b/i;
const ADMITS =
  /\b(?:I see the (?:issue|problem|error|mistake|bug)|my (?:own )?(?:mistake|bug|error|fault)|I (?:made a|introduced|forgot|accidentally|mistakenly|overlooked|misread|misunderstood)|oops|(?:was|were|is) (?:wrong|incorrect(?:ly)?)\b|(?:let me|I(?:'ll| will)|I need to|need to) fix\b|fix (?:it|this|that)\b)/i;
/** From the failure to the mending, and from there to the check that holds. */
const REACH_STEPS = 8;
/** From the fault to the change that answers to it. */
const FAULT_STEPS = 3;

/** A fault of its own found and mended. */
export const selfCorrection: Behaviour = {
  id: "self-correction",
  polarity: "good",
  lacks: (run) => firstLack(noChange(run), unseen(run)),
  signs: (run) => run.steps.flatMap((step) => mended(run, step) ?? recognised(run, step) ?? []),
};

/** The step shows a fault in a file of the agent's own; the file is changed, and then it goes through. */
function mended(run: RunRead, fault: IndexedStep): Sign | null {
  if (!exercises(fault) || wentThrough(run, fault) !== false) return null;
  const quote = faultLine(run, fault);
  const path = quote === null ? undefined : ownFileIn(run, fault);
  if (quote === null || path === undefined) return null;
  const later = run.context.between(fault.step_id, fault.step_id + 1 + REACH_STEPS);
  const mending = later.find((one) => isOwnWork(one) && (one.touches.writes ?? []).includes(path));
  const proof = mending && holds(run, mending, path, fault);
  if (!mending || !proof) return null;
  return {
    confidence: MENDED,
    step_ids: [...new Set([mending.step_id, proof.step_id])],
    evidence: [...outputEvidence(fault, quote), ...actionEvidence(mending, proof)],
    reason: `Step ${fault.step_id} shows a fault in a file that the agent had written; it is changed at step ${mending.step_id}, and step ${proof.step_id} goes through.`,
  };
}

/** The agent says that something of its own is wrong, changes it, and what it runs next goes through. */
function recognised(run: RunRead, mending: IndexedStep): Sign | null {
  if (!isOwnWork(mending)) return null;
  const path = (mending.touches.writes ?? []).find((one) => writtenBefore(run, mending, one));
  const admission = saidLast(mending, (sentence) => ADMITS.test(sentence));
  const fault = run.context
    .between(Math.max(0, mending.step_id - 1 - FAULT_STEPS), mending.step_id)
    .findLast((one) => exercises(one) && (wentThrough(run, one) === false || saysFailed(run, one)));
  const quote = fault ? faultLine(run, fault) : null;
  if (path === undefined || admission === null || !fault || quote === null) return null;
  const proof = holds(run, mending, path, fault);
  if (!proof) return null;
  return {
    confidence: RECOGNISED,
    step_ids: [...new Set([mending.step_id, proof.step_id])],
    evidence: [...outputEvidence(fault, quote), admission, ...actionEvidence(mending, proof)],
    reason: `At step ${mending.step_id} the agent sees that something that it had written is wrong and changes it, and step ${proof.step_id} goes through.`,
  };
}

function writtenBefore(run: RunRead, step: IndexedStep, path: string): boolean {
  return run.steps
    .slice(0, step.step_id - 1)
    .some((one) => isOwnWork(one) && (one.touches.writes ?? []).includes(path));
}

/** A file that the agent had written by hand and that the failing step runs, or that its tests or build name. */
function ownFileIn(run: RunRead, fault: IndexedStep): string | undefined {
  const output = run.output(fault);
  return run.steps
    .slice(0, fault.step_id)
    .filter((one) => isOwnWork(one))
    .flatMap((one) => one.touches.writes ?? [])
    .findLast((path) => mentions(fault, path) || (isCheck(fault) && names(output, baseName(path))));
}

/** The first run of the file after the mending, if it goes through and does not show the fault again. */
function holds(
  run: RunRead,
  mending: IndexedStep,
  path: string,
  fault: IndexedStep,
): IndexedStep | undefined {
  const later = [mending, ...run.context.between(mending.step_id, mending.step_id + 1 + REACH_STEPS)];
  const next = later.find((one) => exercises(one) && (mentions(one, path) || isSameCheck(one, fault)));
  if (!next || wentThrough(run, next) !== true || NOT_YET.test(run.output(next))) return undefined;
  return run.output(next).includes(faultLine(run, fault) ?? "\0") || isPending(run, next) ? undefined : next;
}

/** The same command, or the same test runner. */
function isSameCheck(one: IndexedStep, fault: IndexedStep): boolean {
  const runners = new Set(fault.touches.tests);
  return (
    coreAction(one) === coreAction(fault) || (one.touches.tests ?? []).some((runner) => runners.has(runner))
  );
}

/** What came of the step is not seen in it: it runs in the background, or the agent waits for it and sees it fail. */
function isPending(run: RunRead, step: IndexedStep): boolean {
  const next = run.steps[step.step_id];
  const isFailing = next !== undefined && isWait(next) && errorLine(run.context, next) !== null;
  return (
    isFailing || /\brunning in (?:the )?background\b/i.test(run.output(step)) || /&\s*$/.test(step.action)
  );
}
