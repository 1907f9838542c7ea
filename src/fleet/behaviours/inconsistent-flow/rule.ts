import type { IndexedStep } from "../../../trajectory/index.ts";
import { asArray, asRecord, asString } from "../../../util/narrow.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { successAt } from "../claims.ts";
import { fewerSteps, firstLack, noChange } from "../lacks.ts";
import { actionEvidence, outputEvidence } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { authoredText, changed, type DetectedFinding, errorLine } from "../trace-face.ts";

const STEPS_MIN = 5;
const DISCARDED_MIN = 2;
const TO_AND_FRO = 0.7;
const DISCARDED = 0.6;
const TAKEN_FOR_SUCCESS = 0.65;
const TICKED_OFF = 0.65;
const FAILED_BEFORE_TICK = 2;
const NOTES = /\.(?:txt|md|rst|log)$/i;
/** The agent saw that something is amiss. */
const NOTICES =
  /\b(?:error\w*|fail\w*|however|but|missing|issues?|problem\w*|wrong|cannot|can't|couldn't|didn't|doesn't|isn't|wasn't|not|unable|instead|still|retry|again|fix|expected)\b/i;
/\b(?:not|n't|let me|let's|will|should|verify|check|test|if|but|however|need|error|fail\w*)\b|n't\b/i;

/** Steps that do not follow from one another. */
export const inconsistentFlow: Behaviour = {
  id: "inconsistent-flow",
  polarity: "bad",
  lacks: (run) => firstLack(fewerSteps(run, STEPS_MIN), noChange(run)),
  signs: (run) => [...toAndFro(run), ...takenForSuccess(run), ...tickedOff(run), ...thrownAway(run)],
};

/** A file is given back a content, or an edit its old text, that the agent had replaced before. */
function toAndFro(run: RunRead): Sign[] {
  const written = run.steps.filter((step) => changed(step) && step.touches.writes?.length === 1);
  return written.flatMap((back) => {
    const path = back.touches.writes?.[0];
    const earlier = written.filter((one) => one.step_id < back.step_id && one.touches.writes?.[0] === path);
    const first = earlier.findLast((one) => restores(one, back));
    const between = earlier.filter((one) => first && one.step_id > first.step_id);
    const [away] = between;
    if (!first || (away === undefined && !undoes(first, back))) return [];
    const reasons = run.context.between((away ?? first).step_id, back.step_id);
    if (reasons.some((one) => one.failed || one.kind === "explore")) return [];
    return [
      {
        confidence: TO_AND_FRO,
        step_ids: [back.step_id],
        evidence: actionEvidence(first, ...(away ? [away] : []), back),
        reason: `The change of step ${first.step_id} is ${away ? "put in place again" : "taken back"} without anything seen in between that gives a reason.`,
      },
    ];
  });
}

function restores(one: IndexedStep, back: IndexedStep): boolean {
  const text = authoredText(back);
  const isWhole = asString(back.arguments?.old_string ?? back.arguments?.old_str) === undefined;
  return undoes(one, back) || (isWhole && text !== null && text.length > 40 && authoredText(one) === text);
}

/** One edit puts the text back that the other took away. */
function undoes(one: IndexedStep, back: IndexedStep): boolean {
  const [a, b] = [one, back].map(({ arguments: args }) => ({
    from: asString(args?.old_string ?? args?.old_str),
    to: asString(args?.new_string ?? args?.new_str),
  }));
  if (a?.from === undefined || b?.from === undefined) return false;
  return a.from === b.to && a.to === b.from && a.from !== a.to;
}

/** A failed step, and what the agent says next takes it for a success. */
function takenForSuccess(run: RunRead): Sign[] {
  return run.steps.flatMap((step) => {
    const last = run.steps[step.step_id - 2];
    if (!last?.failed || isSameTurn(last, step)) return [];
    const fault = errorLine(run.context, last);
    if (fault === null || NOTICES.test(step.thinking ?? "")) return [];
    const said = successAt(step);
    if (said === null) return [];
    return [
      {
        confidence: TAKEN_FOR_SUCCESS,
        step_ids: [step.step_id],
        evidence: [...outputEvidence(last, fault), said],
        reason: `Step ${last.step_id} failed, and the agent goes on as if it had succeeded.`,
      },
    ];
  });
}

/** An item of the agent's own list is ticked off right after two failures. */
function tickedOff(run: RunRead): Sign[] {
  let done = 0;
  return run.steps.flatMap((step) => {
    const now = doneItems(step);
    if (now === null) return [];
    const isMore = now > done;
    done = now;
    const last = run.steps
      .slice(0, step.step_id - 1)
      .filter((one) => doneItems(one) === null)
      .slice(-FAILED_BEFORE_TICK);
    const faults = last.flatMap((one) =>
      one.failed ? outputEvidence(one, errorLine(run.context, one)) : [],
    );
    if (!isMore || faults.length < FAILED_BEFORE_TICK || NOTICES.test(step.thinking ?? "")) return [];
    return [
      {
        confidence: TICKED_OFF,
        step_ids: [step.step_id],
        evidence: [...faults, ...actionEvidence(step)],
        reason: `The steps before failed, up to step ${last.at(-1)?.step_id}, and the agent ticks an item of its list off as done.`,
      },
    ];
  });
}

function isSameTurn(one: IndexedStep, other: IndexedStep): boolean {
  return one.parallel_group !== undefined && one.parallel_group === other.parallel_group;
}

/** How many items of a list the step notes as done; null = it notes no list. */
function doneItems(step: IndexedStep): number | null {
  const list = asArray(step.arguments?.todos ?? step.arguments?.plan);
  if (list.length === 0) return null;
  return list.filter((item) => asRecord(item)?.status === "completed").length;
}

function thrownAway(run: RunRead): Sign[] {
  const found = run.found("discarded-edit").filter((one) => isWholeRewrite(run, one));
  if (found.length < DISCARDED_MIN) return [];
  return [
    {
      confidence: DISCARDED,
      step_ids: found.map((one) => one.step_id),
      evidence: found.slice(0, 3).flatMap((one) => one.evidence),
      reason: `${found.length} times a change is thrown away before anything read, ran or tested it.`,
    },
  ];
}

/** An edit elsewhere in the same file throws nothing away, and notes are brought up to date by writing them anew. */
function isWholeRewrite(run: RunRead, finding: DetectedFinding): boolean {
  const paths = run.steps[finding.step_id - 1]?.touches.writes ?? [];
  if (paths.every((path) => NOTES.test(path))) return false;
  const next = run.steps[(finding.evidence.at(-1)?.step_id ?? 0) - 1];
  return asString(next?.arguments?.old_string ?? next?.arguments?.old_str) === undefined;
}
