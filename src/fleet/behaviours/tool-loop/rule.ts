import { type IndexedStep, toolSpec } from "../../../trajectory/index.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { coreAction } from "../core-action.ts";
import { fewerSteps, firstLack, unseen } from "../lacks.ts";
import { actionEvidence, outputEvidence } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { authoredText, changed, findLine, isInterrupt, isWait } from "../trace-face.ts";

const TIMES_MIN = 4;
/** Further apart, the action is done again rather than still. */
const REACH_STEPS = 6;
const OBSERVATION_CHARS = 4000;
const SAME = 0.8;
const REFUSED = 0.75;
/** The form of the action is refused, not what it does. */
const MALFORMED =
  /^.*(?:\bSyntaxError\b|\bsyntax error near unexpected token\b|<tool_use_error>|InputValidationError|: command not found|\bFormat error\b|invalid (?:tool call|JSON|arguments)|unexpected EOF while looking).*$/im;

/** One action over and over with nothing new from it. */
export const toolLoop: Behaviour = {
  id: "tool-loop",
  polarity: "bad",
  lacks: (run) => firstLack(fewerSteps(run, TIMES_MIN), unseen(run)),
  signs: (run) => [
    ...loops(run).map((loop) => still(loop)),
    ...rowsOfRefusals(run).map((row) => refused(row)),
  ],
};

function loops(run: RunRead): IndexedStep[][] {
  const found: IndexedStep[][] = [];
  for (const step of run.steps) {
    if (step.observation === null || isWait(step) || isInterrupt(step) || writes(step) || polls(step))
      continue;
    const loop = found.findLast((one) => continues(run, one, step));
    if (loop) loop.push(step);
    else found.push([step]);
  }
  return found.filter((loop) => loop.length >= TIMES_MIN);
}

function writes(step: IndexedStep): boolean {
  return step.kind === "change" && (step.touches.writes !== undefined || authoredText(step) !== null);
}

/** Looking whether something in the background has moved on is waiting. */
function polls(step: IndexedStep): boolean {
  return step.tool !== undefined && toolSpec(step.tool, step.arguments).verb === "read background output";
}

function continues(run: RunRead, loop: readonly IndexedStep[], step: IndexedStep): boolean {
  const last = loop.at(-1);
  if (!last || step.step_id - last.step_id > REACH_STEPS || step.tool !== last.tool) return false;
  if (coreAction(last) !== coreAction(step) || shown(last) !== shown(step)) return false;
  return !run.context.between(last.step_id, step.step_id).some((one) => changed(one));
}

/** What came back, without times and counters. */
function shown(step: IndexedStep): string {
  const text = step.observation ?? "";
  return `${text.slice(0, OBSERVATION_CHARS)}${text.slice(-OBSERVATION_CHARS)}`.replace(/\d+/g, "0").trim();
}

/** Actions in a row whose form is refused in the same words. */
function rowsOfRefusals(run: RunRead): IndexedStep[][] {
  const found: IndexedStep[][] = [];
  for (const step of run.steps) {
    const words = refusal(step);
    const row = found.at(-1);
    const last = row?.at(-1);
    if (words === null) continue;
    if (row && last?.step_id === step.step_id - 1 && refusal(last) === words) row.push(step);
    else found.push([step]);
  }
  return found.filter((row) => row.length >= TIMES_MIN);
}

function refusal(step: IndexedStep): string | null {
  if (!step.failed || authoredText(step) !== null) return null;
  return findLine([shown(step)], MALFORMED);
}

function still(loop: readonly IndexedStep[]): Sign {
  return {
    confidence: SAME,
    step_ids: loop.map((step) => step.step_id),
    evidence: actionEvidence(...loop.slice(0, 1), ...loop.slice(-1)),
    reason: `The same action is taken ${loop.length} times and always returns the same; nothing in between could have changed that.`,
  };
}

function refused(row: readonly IndexedStep[]): Sign {
  const [first] = row;
  const line = first ? findLine([first.observation ?? ""], MALFORMED) : null;
  return {
    confidence: REFUSED,
    step_ids: row.map((step) => step.step_id),
    evidence: [
      ...actionEvidence(...row.slice(0, 1), ...row.slice(-1)),
      ...(first ? outputEvidence(first, line) : []),
    ],
    reason: `${row.length} actions in a row are refused for their form in the same way.`,
  };
}
