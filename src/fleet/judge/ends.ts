import type { LoopEnd } from "../../agent/loop-types.ts";

const WHY: Readonly<Record<LoopEnd, string>> = {
  done: "there is no verdict",
  calls: "the limit of calls was reached",
  tokens: "the limit of tokens was reached",
  cost: "the limit of cost was reached",
  time: "the limit of time was reached",
  malformed: "the model's reply could not be read",
  refused: "the model refused",
  context: "the prompt was too long for the model even with little of each step",
  aborted: "it was stopped",
};

/** Ends after which nothing more is asked; the others are those of one prompt. */
export const STOPS: ReadonlySet<LoopEnd> = new Set<LoopEnd>(["calls", "tokens", "cost", "time", "aborted"]);

/** Why there is no verdict, as a clause. */
export function whyUnjudged(end: LoopEnd): string {
  return WHY[end];
}
