import type { IndexedStep } from "../../../trajectory/index.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { broken, firstLack, noChange, unseen } from "../lacks.ts";
import { actionEvidence, after, outputEvidence } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { actionText, commandPart, findLine, isCheck } from "../trace-face.ts";
import {
  exercises,
  isToothless,
  mentions,
  saysFailed,
  testVerdict,
  wentThrough,
  workFiles,
} from "../work.ts";

const TESTED = 0.85;
const CHECKED = 0.7;
const IN_BACKGROUND = /&\s*$/;
/** A script or program says that what it looked at is right. */
const SAYS_PASSED =
  /^.*(?:[✓✔✅]|\bPASS(?:ED)?\b|\b(?:tests?|checks?|verifications?|validations?|assertions?)\b.{0,40}\b(?:passed|successful|succeeded|ok)\b|\b(?:matches|identical|are equal|all correct)\b).*$/im;
const NAMED_AS_CHECK = /(?:^|[/_.-])(?:test|tests|verify|verification|validate|check)\w*\.\w+$/i;
const COMPARES = /\b(?:diff|cmp|curl|wget|md5sum|sha\d+sum)\b|\bassert\b|np\.allclose/;

/** The last change was put to a check, and passed. */
export const validation: Behaviour = {
  id: "validation",
  polarity: "good",
  lacks: (run) => {
    const work = lastWork(run);
    return firstLack(
      broken(run),
      noChange(run),
      work === undefined
        ? "No change to a file of the work was recorded."
        : unseen(run, after(run, work.step_id)),
    );
  },
  signs: (run) => {
    const work = lastWork(run);
    return work === undefined ? [] : checked(run, work);
  },
};

function lastWork(run: RunRead): IndexedStep | undefined {
  return run.steps.findLast((step) => workFiles(run, step).length > 0);
}

function checked(run: RunRead, work: IndexedStep): Sign[] {
  const files = workFiles(run, work);
  const last = [work, ...after(run, work.step_id)].findLast(
    (step) =>
      exercises(step) &&
      !IN_BACKGROUND.test(actionText(step)) &&
      !isToothless(run, step) &&
      concerns(step, files),
  );
  if (!last || wentThrough(run, last) !== true) return [];
  const verdict = testVerdict(run, last);
  if (verdict === null && !isBuild(last) && isSilent(run, last)) return [];
  const said = findLine(run.context.output(last), SAYS_PASSED);
  if (verdict === null && ((said === null && !isCheckByKind(last)) || saysFailed(run, last))) return [];
  const quote = verdict?.quote ?? said;
  return [
    {
      confidence: verdict === null ? CHECKED : TESTED,
      step_ids: [last.step_id],
      evidence: [...actionEvidence(last), ...outputEvidence(last, quote)],
      reason: `After the last change to the work, at step ${work.step_id}, a check of it is run at step ${last.step_id} and passes.`,
    },
  ];
}

/** Tests and builds concern all of the work, a program run only what it names. */
function concerns(step: IndexedStep, files: readonly string[]): boolean {
  return step.touches.tests !== undefined || files.some((path) => mentions(step, path));
}

/** What is run is made for checking: tests, a build, a script named so, a comparison. */
function isCheckByKind(step: IndexedStep): boolean {
  const words = commandPart(step).split(/[\s;&|'"]+/);
  return isCheck(step) || words.some((word) => NAMED_AS_CHECK.test(word)) || COMPARES.test(actionText(step));
}

/** Silence of a build means that it went through. */
function isBuild(step: IndexedStep): boolean {
  return isCheck(step) && step.touches.tests === undefined;
}

function isSilent(run: RunRead, step: IndexedStep): boolean {
  return !/\w/.test(run.output(step).replace(/<\/?\w+>|<returncode>\d+|^.*[#$] *$/gm, ""));
}
