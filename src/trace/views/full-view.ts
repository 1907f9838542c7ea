import type { IndexedStep } from "../../trajectory/step.ts";
import { type Typed, typedReader, withoutHereEcho } from "./echo.ts";
import { elsewhere, NO_PROMPT, type OutputState, outputStates } from "./output-state.ts";
import { cutMiddle, plainText } from "./plain-text.ts";
import { PART_MARKS, stepHeader, unlikeHeader } from "./step-header.ts";

const FIELD_CHARS = 20_000;

/**
 * Everything of every step for a model, in step order: 20,000 characters of each field, from both ends. An output that stands elsewhere is named, the echo
 * of typed here-documents is left out.
 */
export function fullViews(steps: readonly IndexedStep[], nonce: string): string[] {
  const states = outputStates(steps);
  const typedUpTo = typedReader();
  return steps.map((step, index) => {
    const typed = typedUpTo(step);
    return viewOf(step, nonce, outputOf(step, states[index], typed));
  });
}

/** Everything of one step, for one who knows nothing of the others. `outputAt` is the step of the same turn that has its output; null = its own. */
export function fullView(step: IndexedStep, nonce: string, outputAt: number | null = null): string {
  const state = { at_step: outputAt, of_step: null, lacks_prompt: false };
  return viewOf(step, nonce, outputOf(step, state, null));
}

function viewOf(step: IndexedStep, nonce: string, output: string): string {
  const parts = [stepHeader(step, nonce)];
  if (step.thinking) parts.push(PART_MARKS.thinking + field(step.thinking));
  parts.push(PART_MARKS.action + (step.action.trim() === "" ? "(nothing)" : field(step.action)));
  parts.push(PART_MARKS.output + output);
  return `${parts.join("\n")}\n`;
}

function outputOf(step: IndexedStep, state: OutputState | undefined, typed: Typed | null): string {
  const place = state ? elsewhere(state) : null;
  if (place !== null) return place;
  if (step.observation === null) return "(not recorded with this step)";
  const text = field(step.observation);
  const shown = typed === null ? text : withoutHereEcho(text.split("\n"), typed).join("\n").trim();
  return (shown === "" ? "(empty)" : shown) + (state?.lacks_prompt ? `\n${NO_PROMPT}` : "");
}

function field(text: string): string {
  return unlikeHeader(plainText(cutMiddle(text, FIELD_CHARS))).trim();
}
