import type { IndexedStep } from "../../trajectory/step.ts";
import { actionGist, lengthOf, outputGist } from "./gist.ts";
import { elsewhere, NO_PROMPT, type OutputState, outputStates } from "./output-state.ts";
import { type OwnOutput, ownOutputs } from "./own-output.ts";
import { plainText } from "./plain-text.ts";
import { type Rewrite, rewriteGist, rewriteLength, rewrites } from "./rewrite.ts";
import { PART_MARKS, stepHeader, unlikeHeader } from "./step-header.ts";
import { thinkingGist } from "./thinking-gist.ts";

/** Characters that all compact views of a short run may have together: they fit in one output of the shell. */
const SHORT_RUN_CHARS = 18_000;
const SHORT_RUN_STEPS = 45;
/** What every step more adds, and what it adds in a run that is long. */
const STEP_CHARS = 250;
const LONG_RUN_STEPS = 150;
const LONG_STEP_CHARS = 120;
const ALLOWANCE_LEAST = 60;
const ALLOWANCE_MOST = 2400;
const FIELD_CHARS = 20_000;
const SAME_ACTION_CHARS = 80;
const ACTION_CHARS_LEAST = 70;
const THINKING_CHARS_LEAST = 20;
const READERS = new Set(["cat", "cd", "head", "tail", "sed", "nl", "less", "more", "awk", "cut"]);

/** How many characters the compact views of a run may take together: more for a long run, fewer for each of its steps. */
export function compactBudget(stepCount: number): number {
  const beyond = Math.max(0, Math.min(stepCount, LONG_RUN_STEPS) - SHORT_RUN_STEPS);
  const long = Math.max(0, stepCount - LONG_RUN_STEPS);
  return SHORT_RUN_CHARS + beyond * STEP_CHARS + long * LONG_STEP_CHARS;
}

/** The parts of a step, cleaned, before anything is left out. */
interface StepParts {
  step: IndexedStep;
  header: string;
  thinking: string;
  action: string;
  /** What it writes again; null = nothing. */
  rewrite: Rewrite | null;
  output: OwnOutput;
  state: OutputState;
  /** Steps of the same model turn for which it speaks: the first has their thinking, the last their output. */
  speaks_for: number;
}

/**
 * Every step as a few lines for a model, in step order: a header with the step's token, why it was done, what was done, what came out. What is left out is
 * so chosen that all views together take about `budget` characters; what changes or fails keeps more than what only looks.
 */
export function compactViews(
  steps: readonly IndexedStep[],
  nonce: string,
  budget = compactBudget(steps.length),
): string[] {
  const parts = stepParts(steps, nonce);
  const at = (allowance: number): string[] => parts.map((one) => compactView(one, allowance * weightOf(one)));
  let least = ALLOWANCE_LEAST;
  let most = ALLOWANCE_MOST;
  while (most - least > 10) {
    const middle = (least + most) / 2;
    if (at(middle).reduce((sum, view) => sum + view.length, 0) <= budget) least = middle;
    else most = middle;
  }
  return at(least);
}

function stepParts(steps: readonly IndexedStep[], nonce: string): StepParts[] {
  const states = outputStates(steps);
  const outputs = ownOutputs(steps, states);
  const written = rewrites(steps);
  const turns = turnSizes(steps);
  return steps.map((step, index) => ({
    step,
    header: stepHeader(step, nonce),
    thinking: unlikeHeader(plainText((step.thinking ?? "").slice(0, FIELD_CHARS))).trim(),
    action: actionOf(step, steps),
    rewrite: step.repeat_of === undefined ? (written[index] ?? null) : null,
    output: outputs[index] ?? { lines: [], as_step: null, known: new Set() },
    state: states[index] ?? { at_step: null, of_step: null, lacks_prompt: false },
    speaks_for: step.thinking || step.observation ? (turns.get(step.parallel_group ?? 0) ?? 1) : 1,
  }));
}

function turnSizes(steps: readonly IndexedStep[]): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const { parallel_group: turn } of steps)
    if (turn !== undefined) sizes.set(turn, (sizes.get(turn) ?? 0) + 1);
  return sizes;
}

function actionOf(step: IndexedStep, steps: readonly IndexedStep[]): string {
  const text = unlikeHeader(plainText(step.action.slice(0, FIELD_CHARS))).trim();
  if (text === "") return step.action === "" ? "(nothing)" : "(blank)";
  const isRepeat = step.repeat_of !== undefined && steps[step.repeat_of - 1]?.action === step.action;
  if (!isRepeat || text.length <= SAME_ACTION_CHARS) return text;
  return `${text.slice(0, SAME_ACTION_CHARS / 2).split("\n")[0] ?? ""}… (as step ${step.repeat_of})`;
}

/** How much room a step gets against others: the more the likelier it is judged, and the more steps it speaks for. */
function weightOf(parts: StepParts): number {
  const { step, output, state, speaks_for } = parts;
  const turn = Math.min(3, 1 + 0.4 * (speaks_for - 1));
  if (output.as_step !== null || state.of_step !== null) return 0.6;
  if (step.kind === "change" || step.failed) return 1.4 * turn;
  return showsContent(parts) ? 0.7 : 0.9 * turn;
}

/** The output is what stands in a file: words such as "error" tell nothing there. */
function showsContent({ step, speaks_for }: StepParts): boolean {
  const { programs, reads = [] } = step.touches;
  if (step.failed || step.kind === "change" || speaks_for > 1 || reads.length === 0) return false;
  return programs.every((program) => READERS.has(program));
}

/** One step in about so many characters beside its header. Parts that need less leave their room to the others. */
function compactView(parts: StepParts, allowance: number): string {
  const { header, thinking, output } = parts;
  const shown = [header];
  const forLines = output.as_step === null ? lengthOf(output.lines) : 0;
  const isContent = showsContent(parts);
  const needs = [
    thinking.length,
    actionLength(parts),
    isContent ? Math.min(forLines, allowance / 4) : forLines,
  ];
  const [forThinking = 0, forAction = 0, forOutput = 0] = shared(needs, allowance);
  if (thinking !== "" && forThinking >= Math.min(thinking.length, THINKING_CHARS_LEAST))
    shown.push(PART_MARKS.thinking + thinkingGist(thinking, forThinking));
  shown.push(PART_MARKS.action + shownAction(parts, Math.max(forAction, ACTION_CHARS_LEAST)));
  const told = shownOutput(parts, forOutput, isContent);
  if (told !== null) shown.push(PART_MARKS.output + told);
  return `${shown.join("\n")}\n`;
}

function actionLength({ action, rewrite }: StepParts): number {
  return rewrite === null ? action.length : Math.min(action.length, rewriteLength(rewrite));
}

/** What changed against an earlier write, where that is less than the whole. */
function shownAction({ action, rewrite }: StepParts, chars: number): string {
  if (rewrite === null || action.length <= Math.min(chars, rewriteLength(rewrite)))
    return actionGist(action, chars);
  return rewriteGist(rewrite, chars);
}

/** null = nothing was recorded. */
function shownOutput({ step, output, state }: StepParts, chars: number, isContent: boolean): string | null {
  const place = elsewhere(state);
  if (place !== null) return place;
  if (step.observation === null) return null;
  const earlier = output.as_step === null ? null : `(as at step ${output.as_step})`;
  const text = earlier ?? outputGist(output, chars, isContent);
  const shown = text === "" ? `(${output.lines.length === 0 ? "empty" : "left out"})` : text;
  return state.lacks_prompt ? `${shown}\n${NO_PROMPT}` : shown;
}

/** Divides room among parts by what each needs: none gets more than that, none less than an equal share unless it needs less. */
function shared(needs: readonly number[], room: number): number[] {
  const given = needs.map(() => 0);
  let left = room;
  const order = needs.map((_, index) => index).sort((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0));
  order.forEach((index, done) => {
    const share = Math.min(needs[index] ?? 0, left / (order.length - done));
    given[index] = share;
    left -= share;
  });
  return given;
}
