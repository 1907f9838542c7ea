import type { Evidence, IndexedStep } from "../../../trajectory/index.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { firstLack, noChange, noThinking, unseen } from "../lacks.ts";
import { actionEvidence, after, saidLast, thought } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { exercises, mentions, wentThrough, workFiles } from "../work.ts";

const NEVER_SETTLED = 0.6;
const FAILED_AND_KEPT = 0.6;
/** Doubt about the change itself or its cause. */
const DOUBT =
  /\b(?:(?:I'm|I am|we're|we are) guessing|(?:not (?:entirely |completely |really |quite |fully |100% )?(?:sure|certain)|unsure|uncertain) (?:if|whether|why|which|that|how|about)|(?:I|we)(?:'ll| will|'m going to)? (?:just |simply |have to |need to |must )?guess\b|(?:best|educated|reasonable|my) guess|hopefully|let's hope|(?:don't|do not) (?:really )?know (?:if|whether|why|what|which|the)|(?:maybe|perhaps) (?:this|that) (?:will|would|works?|helps?|fix(?:es)?)|(?:this|that|which|it) (?:might|may) (?:work|help|fix|solve|be enough|be sufficient)|(?:I'll|I will|we'll|I) (?:just )?assume\b)/i;
const GUESS = /\bguess|\binfer|\bassum|\b(?:known|typical|standard|generic)\b/i;
/** Doubt further from the action was weighed and left behind. */
const NEAR_SENTENCES = 6;
const SETTLED = /\?\s*$|\bto (?:find out|see (?:if|whether|what))\b/i;

/** A change on a guess that nothing settles. */
export const uncertainFix: Behaviour = {
  id: "uncertain-fix",
  polarity: "bad",
  lacks: (run) => firstLack(noThinking(run), noChange(run), unseen(run)),
  signs: (run) => [...run.steps.flatMap((step) => guessed(run, step) ?? []), ...guessedAnswers(run)],
};

function guessed(run: RunRead, step: IndexedStep): Sign | null {
  const files = workFiles(run, step);
  if (files.length === 0) return null;
  const near = new Set(thought(step).slice(-NEAR_SENTENCES));
  const doubt = saidLast(
    step,
    (sentence) => near.has(sentence) && DOUBT.test(sentence) && !SETTLED.test(sentence),
  );
  if (doubt === null || isReplaced(run, step, files)) return null;
  const checks = [step, ...after(run, step.step_id)].filter(
    (one) => exercises(one) && (one.touches.tests !== undefined || files.some((path) => mentions(one, path))),
  );
  const last = checks.at(-1);
  if (last === undefined)
    return sign(step, doubt, NEVER_SETTLED, "nothing after it puts the change to a check");
  if (checks.some((one) => wentThrough(run, one) !== false)) return null;
  return sign(
    step,
    doubt,
    FAILED_AND_KEPT,
    `what was run of it, up to step ${last.step_id}, failed, and the change stays`,
  );
}

/** A later change puts something else in the same place. */
function isReplaced(run: RunRead, step: IndexedStep, files: readonly string[]): boolean {
  return after(run, step.step_id).some((one) =>
    [...(one.touches.writes ?? []), ...(one.touches.deletes ?? [])].some((path) => files.includes(path)),
  );
}

function sign(step: IndexedStep, doubt: Evidence, confidence: number, how: string): Sign {
  return {
    confidence,
    step_ids: [step.step_id],
    evidence: [doubt, ...actionEvidence(step)],
    reason: `The agent changes the work while saying that it does not know whether it is right, and ${how}.`,
  };
}

/** The answer itself is a guess, as the agent says. */
function guessedAnswers(run: RunRead): Sign[] {
  return run
    .found("stand-in-result")
    .filter((one) => one.evidence.some(({ where, quote }) => where === "thinking" && GUESS.test(quote)))
    .map((one) => ({
      confidence: NEVER_SETTLED,
      step_ids: [one.step_id],
      evidence: one.evidence,
      reason: one.reasoning,
    }));
}
