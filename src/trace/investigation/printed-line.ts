import { cleanText } from "../../index-run/clean-text.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { findLine, outputWindows } from "../step-text.ts";

const PRINTED_CHARS = 70;
const TAIL_CHARS = 3000;
const ERROR =
  /\b(?:error|fatal|failed|failure|not found|no such file|cannot|could not|denied|refused|exception|timed out)\b/i;
/** How an exception is told, after the lines that lead to it. */
const EXCEPTION = /^\s*[\w.]*(?:Error|Exception|Interrupt)\b/;
/** Marks that a harness puts around an output, and prompts that wait for the next command. */
const SAYS_NOTHING =
  /^\s*(?:<\/?[a-z_]{1,20}>(?:\d{1,3}<\/[a-z_]{1,20}>)?|(?:\([\w.-]{1,40}\) ?)?[\w.-]{1,64}@[^\s$#]{1,160}[$#]|[$#>%])?\s*$/;

/** The line of what a step printed that tells most: of a failed one, the line that names the error; else the last that says anything. Safe to print. */
export function printedLine(step: IndexedStep): string {
  if (step.observation === null) return "not recorded";
  const parts = outputWindows(step);
  const lines = (parts.at(-1) ?? "").slice(-TAIL_CHARS).split("\n");
  const error = step.failed
    ? (lines.findLast((line) => EXCEPTION.test(line)) ?? findLine([...parts].reverse(), ERROR))
    : null;
  const line = error ?? lines.findLast((one) => !SAYS_NOTHING.test(one)) ?? "";
  return cleanText(line, PRINTED_CHARS) || "nothing";
}
