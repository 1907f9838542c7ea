import type { IndexedStep } from "../../trajectory/step.ts";
import { misplacedOutputs } from "./misplaced-output.ts";
import { endsAtPrompt } from "./screen.ts";

/** What a reader must know of a step's output before reading it. */
export interface OutputState {
  /** The step of the same model turn that has the output; null = none. */
  at_step: number | null;
  /** The later step to which the recorded text belongs; null = it is the step's own. */
  of_step: number | null;
  /** The terminal ended at no prompt, though it had ended at one before: the command still runs or waits. */
  lacks_prompt: boolean;
}

const OWN: OutputState = { at_step: null, of_step: null, lacks_prompt: false };
const TAIL_CHARS = 4000;

/** The states of all outputs, in step order. */
export function outputStates(steps: readonly IndexedStep[]): OutputState[] {
  const misplaced = misplacedOutputs(steps);
  let hasPrompts = false;
  return steps.map((step, index) => {
    if (step.observation === null) return { ...OWN, at_step: outputStep(step, steps) };
    const ended = endsAtPrompt(step.observation.slice(-TAIL_CHARS).split("\n"));
    const lacks_prompt = hasPrompts && ended === false;
    hasPrompts ||= ended === true;
    return { ...OWN, of_step: misplaced[index] ?? null, lacks_prompt };
  });
}

/** The step of the same model turn that has the output of one that has none; null = there is none. */
export function outputStep(step: IndexedStep, steps: readonly IndexedStep[]): number | null {
  if (step.parallel_group === undefined) return null;
  for (let at = step.step_id; at < steps.length; at++) {
    const next = steps[at];
    if (next?.parallel_group !== step.parallel_group) return null;
    if (next.observation !== null) return next.step_id;
  }
  return null;
}

/** What stands in a view in place of an output that is elsewhere; null = it is here. */
export function elsewhere({ at_step, of_step }: Pick<OutputState, "at_step" | "of_step">): string | null {
  if (at_step !== null) return `(at step ${at_step})`;
  if (of_step === null) return null;
  return `(the same text as step ${of_step} printed: its own is missing, perhaps a time-out)`;
}

/** The line below an output after which the terminal gave no prompt. */
export const NO_PROMPT = "(no prompt came back)";
