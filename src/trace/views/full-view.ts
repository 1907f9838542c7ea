import type { IndexedStep } from "../../trajectory/step.ts";
import { cutMiddle, plainText } from "./plain-text.ts";
import { PART_MARKS, stepHeader, unlikeHeader } from "./step-header.ts";

const FIELD_CHARS = 20_000;

/** Everything of a step for a model: 20,000 characters of each field, from both ends. */
export function fullView(step: IndexedStep, nonce: string): string {
  const parts = [stepHeader(step, nonce)];
  if (step.thinking) parts.push(PART_MARKS.thinking + field(step.thinking));
  parts.push(PART_MARKS.action + (step.action.trim() === "" ? "(nothing)" : field(step.action)));
  if (step.observation === null) parts.push(`${PART_MARKS.output}(not recorded with this step)`);
  else parts.push(PART_MARKS.output + (step.observation.trim() === "" ? "(empty)" : field(step.observation)));
  return `${parts.join("\n")}\n`;
}

function field(text: string): string {
  return unlikeHeader(plainText(cutMiddle(text, FIELD_CHARS))).trim();
}
