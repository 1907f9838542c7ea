import type { LoopEnd } from "../../agent/loop-types.ts";
import type { AnsweredPart } from "./merge-parts.ts";
import type { RunPart } from "./parts.ts";

const WHY: Readonly<Record<Exclude<LoopEnd, "done">, string>> = {
  calls: "the limit of calls was reached",
  tokens: "the limit of tokens was reached",
  cost: "the limit of cost was reached",
  time: "the limit of time was reached",
  malformed: "no reply held a report that could be read",
  refused: "the model refused",
  context: "the prompt was too long for the model even with little of each step",
  aborted: "it was stopped",
};

/** Ends that are those of one part; the others end the whole investigation. */
const OF_ONE_PART: ReadonlySet<LoopEnd> = new Set<LoopEnd>(["done", "malformed", "refused", "context"]);

/** Whether the parts after one that ended like this are asked over. */
export function goesOn(end: LoopEnd): boolean {
  return OF_ONE_PART.has(end);
}

/** How the whole ended: as the part that stopped it, else as the first that was not done. */
export function endOf(answered: readonly AnsweredPart[]): LoopEnd {
  const ends = answered.map(({ answer }) => answer.end);
  return ends.find((end) => !goesOn(end)) ?? ends.find((end) => end !== "done") ?? "done";
}

/** Sentences for the user about what was not judged, and why. None where all was. */
export function unfinished(answered: readonly AnsweredPart[], parts: readonly RunPart[]): string[] {
  const gaps = answered.flatMap(({ part, answer }) => {
    if (answer.end === "done") return [];
    const steps = `steps ${part.first_step_id} to ${part.last_step_id}`;
    return answer.investigation === null
      ? [`No judgement of ${steps}: ${WHY[answer.end]}.`]
      : [`The report on ${steps} was not corrected: ${WHY[answer.end]}.`];
  });
  const [first, last] = [parts[answered.length], parts.at(-1)];
  if (first === undefined || last === undefined) return gaps;
  return [...gaps, `Steps ${first.first_step_id} to ${last.last_step_id} were not read.`];
}
