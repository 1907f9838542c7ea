import type { LoopEnd } from "../../agent/index.ts";

const WHY: Readonly<Record<Exclude<LoopEnd, "done" | "aborted">, string>> = {
  calls: "its calls were used up; raise --max-calls and the same command goes on",
  tokens: "its tokens were used up; raise --max-tokens and the same command goes on",
  cost: "the money was used up; raise --max-cost and the same command goes on",
  time: "its time was up; raise --max-seconds and the same command goes on",
  malformed: "it did not keep to one command a reply; take another model, or --tracer direct",
  refused: "the model refused; take another one, or --tracer rules",
  context: "the prompt was too long for it; take a model with a larger context, or --tracer direct",
};

/** Why an investigation ended before its report was taken, for the user. */
export function whyNoReport(end: LoopEnd, calls: number): string {
  const why = end === "done" || end === "aborted" ? "it was stopped" : WHY[end];
  return `The model's report was not finished after ${calls} ${calls === 1 ? "call" : "calls"}: ${why}.`;
}
