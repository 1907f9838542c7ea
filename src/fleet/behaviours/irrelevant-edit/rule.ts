import type { IndexedStep } from "../../../trajectory/index.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { firstLack, noChange, noTask } from "../lacks.ts";
import { actionEvidence, after } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { actionText, authoredText, baseName, changed, names } from "../trace-face.ts";
import { mentions } from "../work.ts";

const DOCUMENT = 0.75;
const UNUSED = 0.5;
/** What agents keep for themselves, plans and instructions, is no part of what they leave. */
const AGENT_FOLDER = /(?:^|\/)\.[a-z]+\/|(?:^|\/)(?:CLAUDE|AGENTS|GEMINI)\.md$/;
const REPORT_NAME =
  /\.(?:md|rst)$|(?:summary|report|guide|notes|changelog|readme|instructions|documentation|overview|explanation)[^/]*\.(?:txt|html)$/i;
const ASKS_FOR_TEXT =
  /\b(?:document\w*|readme|summar\w+|reports?|guides?|notes?|explain|explanation|write-?up|markdown|changelog|instructions? file|specs?|plan)\b|\.(?:md|rst)\b/i;

/** A file that nobody asked for and nothing needs. */
export const irrelevantEdit: Behaviour = {
  id: "irrelevant-edit",
  polarity: "bad",
  lacks: (run) => firstLack(noTask(run), noChange(run)),
  signs: (run) => [...documents(run), ...unused(run)],
};

function documents(run: RunRead): Sign[] {
  if (ASKS_FOR_TEXT.test(run.task ?? "")) return [];
  const made = new Set<string>();
  return run.steps.flatMap((step) => {
    if (!changed(step) || authoredText(step) === null) return [];
    const path = (step.touches.writes ?? []).find((one) => REPORT_NAME.test(one) && !AGENT_FOLDER.test(one));
    if (path === undefined || made.has(path) || !isMade(run, step, path)) return [];
    if (names(run.task ?? "", baseName(path))) return [];
    made.add(path);
    return isUsed(run, step, path)
      ? []
      : sign(
          step,
          DOCUMENT,
          "A text is written that the task does not ask for and that no later step reads.",
        );
  });
}

function unused(run: RunRead): Sign[] {
  return run.found("unused-edit").flatMap((one) => {
    const step = run.steps[one.step_id - 1];
    const path = step?.touches.writes?.[0];
    if (!step || path === undefined || !isNew(run, step, path) || isDropped(run, step, path)) return [];
    return sign(
      step,
      UNUSED,
      "A program is written that the task does not ask for and that no later step runs, builds or names.",
    );
  });
}

/** The step makes the file: it is no edit, and no earlier step names it. */
function isMade(run: RunRead, step: IndexedStep, path: string): boolean {
  if (isEdit(step) || /\*\*\* Update File/.test(step.action)) return false;
  return !run.steps.slice(0, step.step_id - 1).some((one) => names(one.action, baseName(path)));
}

function isEdit({ arguments: args }: IndexedStep): boolean {
  return args?.old_string !== undefined || args?.old_str !== undefined;
}

/** A later step reads, runs or deletes the file. */
function isUsed(run: RunRead, step: IndexedStep, path: string): boolean {
  return after(run, step.step_id).some(
    (one) => !(one.touches.writes ?? []).includes(path) && mentions(one, path),
  );
}

function isDropped(run: RunRead, step: IndexedStep, path: string): boolean {
  return after(run, step.step_id).some(
    (one) =>
      one.touches.deletes?.includes(path) === true ||
      /\b(?:rm|git (?:clean|reset|checkout))\b/.test(actionText(one)),
  );
}

function sign(step: IndexedStep, confidence: number, reason: string): Sign {
  return { confidence, step_ids: [step.step_id], evidence: actionEvidence(step), reason };
}

/** The step makes the file, and no other step names it. */
function isNew(run: RunRead, step: IndexedStep, path: string): boolean {
  if (isEdit(step)) return false;
  return !run.steps.some((one) => one !== step && names(one.action, baseName(path)));
}
