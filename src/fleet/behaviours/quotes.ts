import type { Evidence, IndexedStep } from "../../trajectory/index.ts";
import type { RunRead } from "./run-read.ts";
import { errorLine, findLine, firstLine, lastLine, sentences } from "./trace-face.ts";

const THINKING_CHARS = 12_000;

/** The first line of a step's action as evidence; none where it is blank. */
export function actionEvidence(...steps: readonly IndexedStep[]): Evidence[] {
  return steps.flatMap((step) => {
    const quote = firstLine(step.action);
    return quote === null ? [] : [{ step_id: step.step_id, where: "action" as const, quote }];
  });
}

/** A piece of what a step printed as evidence; none where there is none. */
export function outputEvidence(step: IndexedStep, quote: string | null): Evidence[] {
  return quote === null ? [] : [{ step_id: step.step_id, where: "observation", quote }];
}

/** The sentences of a step's own thinking, bounded: its end leads to the action. */
export function thought(step: IndexedStep): string[] {
  return sentences(step.thinking?.slice(-THINKING_CHARS) ?? "");
}

/** The last sentence of a step's own thinking that passes, as evidence; null = none. */
export function saidLast(step: IndexedStep, passes: (sentence: string) => boolean): Evidence | null {
  const sentence = thought(step).findLast((one) => one.trim() !== "" && passes(one));
  const quote = sentence === undefined ? null : findLine([sentence], /\S.*/);
  return quote === null ? null : { step_id: step.step_id, where: "thinking", quote };
}

/** The steps after `from` up to the end of the run. */
export function after(run: RunRead, from: number): readonly IndexedStep[] {
  return run.steps.slice(from);
}

/** An exception as its last line tells it; the line that says that there was one tells nothing. */
const EXCEPTION =
  /^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Warning|Timeout|NotFound|Fault)\b.*$/m;

/** What a failed step says of its failure: the exception's own line, an error line, or the last line; null = it printed nothing. */
export function faultLine(run: RunRead, step: IndexedStep): string | null {
  const parts = run.context.output(step);
  const fromTrace = parts
    .filter((part) => part.includes("Traceback (most recent call last)"))
    .map((part) => findLine([part.slice(part.lastIndexOf("Traceback (most recent call last)"))], EXCEPTION))
    .find((line) => line !== null);
  const line = fromTrace ?? errorLine(run.context, step) ?? lastLine(parts);
  return line === null || /^<\/?\w+>$/.test(line) ? null : line;
}
