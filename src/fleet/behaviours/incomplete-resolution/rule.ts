import type { Behaviour, Sign } from "../behaviour.ts";
import { broken, firstLack, noTask } from "../lacks.ts";
import { actionEvidence, faultLine, outputEvidence } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { actionText, baseName, isSubmission, names } from "../trace-face.ts";

const STEPS_MIN = 3;
const TASK_CHARS = 20_000;
const ADMITTED = 0.8;
const CUT_OFF = 0.85;
const NEVER_MADE = 0.7;
const ENDED_ON_FAILURE = 0.6;
const LIMIT = /limit|exceeded|time_?out|max_?(?:turns|steps|iterations)|budget|context_?length/i;
/** The user stopped it, and may have gone on otherwise. */
const BY_USER =
  /\b(?:rejected by (?:the )?user|user (?:rejected|declined|denied|does(?:n't| not) want)|interrupted by (?:the )?user)\b/i;
/** A file that the task tells to make. */
const ASKED_FILE =
  /(?<!\b(?:will|would|can|may|that|which) )\b(?:create|write|save|output|produce|generate|store|put)\b[^.\n]{0,60}?[\s`'"(]((?:\/|\.\/)?[\w./-]*\w\.(?:[a-z]\w{1,5}|[chr]))(?=[\s`'"),.:;]|$)/gi;

/** The run ends before all that was asked is done. */
export const incompleteResolution: Behaviour = {
  id: "incomplete-resolution",
  polarity: "bad",
  lacks: (run) =>
    firstLack(
      broken(run),
      noTask(run),
      run.steps.length < STEPS_MIN && admitted(run).length === 0
        ? "The run has fewer than three steps, and no word of the agent about how it stands."
        : null,
    ),
  signs: (run) => [...admitted(run), ...cutOff(run), ...neverMade(run), ...endedOnFailure(run)],
};

function admitted(run: RunRead): Sign[] {
  return run
    .found("unbacked-success")
    .filter((one) => one.evidence[0]?.where === "thinking")
    .map((one) => ({
      confidence: ADMITTED,
      step_ids: [one.step_id],
      evidence: one.evidence,
      reason: "The agent ends its work while saying itself that it is not finished or not verified.",
    }));
}

function cutOff(run: RunRead): Sign[] {
  const end = run.steps.at(-1);
  if (!end || run.exit_status === null || !LIMIT.test(run.exit_status) || isSubmission(end)) return [];
  return [
    {
      confidence: CUT_OFF,
      step_ids: [end.step_id],
      evidence: actionEvidence(end),
      reason: "A limit cut the work off, as the recorded exit status says.",
    },
  ];
}

function neverMade(run: RunRead): Sign[] {
  const end = run.steps.at(-1);
  const asked = [...(run.task ?? "").slice(0, TASK_CHARS).matchAll(ASKED_FILE)].map(
    (match) => match[1] ?? "",
  );
  const missing = asked.find(
    (path) => path !== "" && !run.steps.some((step) => names(actionText(step), baseName(path))),
  );
  if (!end || missing === undefined) return [];
  return [
    {
      confidence: NEVER_MADE,
      step_ids: [end.step_id],
      evidence: actionEvidence(end),
      reason: "A file that the task tells to make is named by no action up to the end of the run.",
    },
  ];
}

function endedOnFailure(run: RunRead): Sign[] {
  const end = run.steps.at(-1);
  if (!end?.failed || isSubmission(end) || BY_USER.test(run.output(end))) return [];
  return [
    {
      confidence: ENDED_ON_FAILURE,
      step_ids: [end.step_id],
      evidence: [...actionEvidence(end), ...outputEvidence(end, faultLine(run, end))],
      reason: "The last thing that happens is a failure, and nothing answers to it.",
    },
  ];
}
