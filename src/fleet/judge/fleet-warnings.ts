import type { CodeTracerError } from "../../util/errors.ts";
import { whyUnjudged } from "./ends.ts";
import type { Judgement } from "./judge-run.ts";

const NAMED_MAX = 3;

/** What came of one run of a fleet: a judgement, or why there is none. */
export type JudgedRun = { run_id: string } & (
  | { judgement: Judgement; error: null }
  | { judgement: null; error: CodeTracerError }
);

/** What of a fleet the model did not judge, and why, in the order of the runs: a sentence a reason. `total` counts those that were not looked at, too. */
export function fleetWarnings(judged: readonly JudgedRun[], total: number, rubrics: number): string[] {
  const whole = new Map<string, string[]>();
  const inPart = new Map<string, string[]>();
  const doubted: string[] = [];
  for (const { run_id, judgement, error } of judged) {
    if (judgement === null) add(whole, error.message, run_id);
    else {
      const why = [...new Set(judgement.unjudged.map(({ end }) => whyUnjudged(end)))].join("; ");
      if (why !== "") add(judgement.unjudged.length === rubrics ? whole : inPart, why, run_id);
      if (judgement.warnings.length > 0) doubted.push(run_id);
    }
  }
  const unasked = total - judged.length;
  return [
    ...[...whole].map(([why, runs]) => `The model did not judge ${named(runs)}: ${why}.`),
    ...[...inPart].map(([why, runs]) => `The model judged only some behaviours of ${named(runs)}: ${why}.`),
    ...(unasked === 0 ? [] : [`The model was not asked about ${plural(unasked)} more.`]),
    ...(doubted.length === 0
      ? []
      : [
          `Verdicts on ${named(doubted)} count as abstentions: what they were to be proven with does not stand in the run.`,
        ]),
  ];
}

function add(groups: Map<string, string[]>, why: string, run: string): void {
  const clause = why.replace(/[.\s]+$/, "");
  const runs = groups.get(clause);
  if (runs) runs.push(run);
  else groups.set(clause, [run]);
}

function named(runs: readonly string[]): string {
  const more = runs.length - NAMED_MAX;
  return `${plural(runs.length)} (${runs.slice(0, NAMED_MAX).join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}

function plural(count: number): string {
  return `${count} ${count === 1 ? "run" : "runs"}`;
}
