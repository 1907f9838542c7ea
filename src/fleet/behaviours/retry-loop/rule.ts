import type { IndexedStep } from "../../../trajectory/index.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { coreAction } from "../core-action.ts";
import { fewerSteps, firstLack } from "../lacks.ts";
import { actionEvidence, faultLine, outputEvidence } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { changed, type DetectedFinding, isInterrupt, isWait } from "../trace-face.ts";

const FAILURES_MIN = 3;
/** Failures further apart are not tries of one row. */
const REACH_STEPS = 10;
/** Keys and one-word answers to a prompt repeat for good reasons. */
const ACTION_MIN_CHARS = 5;
/** In a long script, little of which differs, the same message means that what matters was not touched. */
const LONG_CHARS = 250;
const UNCHANGED = 0.85;
const NEARLY = 0.7;

/** The same failure again and again. */
export const retryLoop: Behaviour = {
  id: "retry-loop",
  polarity: "bad",
  lacks: (run) =>
    firstLack(
      fewerSteps(run, FAILURES_MIN),
      run.steps.some((step) => step.observation !== null || typeof step.exit_code === "number")
        ? null
        : "Neither what actions returned nor their exit codes were recorded.",
    ),
  signs: (run) => [
    ...rows(run).flatMap((row) => (row.length < FAILURES_MIN ? [] : sign(run, row))),
    ...sameLack(run),
  ],
};

/** Rows of failures of one action with one message and nothing dealt with in between. */
function rows(run: RunRead): IndexedStep[][] {
  const found: IndexedStep[][] = [];
  for (const step of run.steps) {
    if (!isTry(step)) continue;
    const row = found.findLast((one) => continues(run, one, step));
    if (row) row.push(step);
    else found.push([step]);
  }
  return found;
}

function isTry(step: IndexedStep): boolean {
  return step.failed && step.action.trim().length >= ACTION_MIN_CHARS && !isWait(step) && !isInterrupt(step);
}

function continues(run: RunRead, row: readonly IndexedStep[], step: IndexedStep): boolean {
  const last = row.at(-1);
  if (!last || step.step_id - last.step_id > REACH_STEPS || !isSameTry(last, step)) return false;
  if (message(run, last) !== message(run, step)) return false;
  return !run.context.between(last.step_id, step.step_id).some((one) => changed(one));
}

function isSameTry(last: IndexedStep, step: IndexedStep): boolean {
  if (coreAction(last) === coreAction(step)) return true;
  return step.near_repeat_of === last.step_id && step.action.length >= LONG_CHARS;
}

/** What failed, without what differs from one time to the next. */
function message(run: RunRead, step: IndexedStep): string {
  return (faultLine(run, step) ?? "").replace(/0x[0-9a-f]+|\d+/gi, "0").trim();
}

function sign(run: RunRead, row: readonly IndexedStep[]): Sign {
  const isSame = row.every((step) => row[0] !== undefined && coreAction(step) === coreAction(row[0]));
  return {
    confidence: isSame ? UNCHANGED : NEARLY,
    step_ids: row.map((step) => step.step_id),
    evidence: [...row.slice(0, 1), ...row.slice(-1)].flatMap((step) => [
      ...actionEvidence(step),
      ...outputEvidence(step, faultLine(run, step)),
    ]),
    reason: `The ${isSame ? "same" : "almost the same"} action fails ${row.length} times in the same way, and nothing in between deals with the cause.`,
  };
}

/** Different actions run into the same missing program, module, path or option, and nothing is done about it. */
function sameLack(run: RunRead): Sign[] {
  const byQuote = new Map<string, DetectedFinding[]>();
  for (const one of run.found("ignored-evidence")) {
    const key = one.evidence.at(-1)?.quote ?? "";
    byQuote.set(key, [...(byQuote.get(key) ?? []), one]);
  }
  return [...byQuote.values()]
    .filter((row) => row.length >= FAILURES_MIN - 1)
    .map((row) => ({
      confidence: NEARLY,
      step_ids: row.map((one) => one.step_id),
      evidence: [...(row[0]?.evidence ?? []), ...(row.at(-1)?.evidence ?? [])],
      reason: `Actions fail ${row.length + 1} times for the same thing that is missing or wrong, and nothing is done about it.`,
    }));
}
