import { diagnose, rulesFittedOn, selectorFittedOn, type Workspace } from "../../src/index.ts";
import type { DataSource } from "./data/source.ts";
import type { RowDetail, RowDetails } from "./report/index.ts";
import { readRow } from "./run/aligned-run.ts";
import type { BenchResult } from "./run/run-bench.ts";
import type { ScoreReport } from "./score/report-types.ts";
import { scoreAll } from "./score/score-all.ts";
import type { Refusal } from "./types.ts";

/** What a report is made with. */
export interface ScoringOptions {
  seed: number;
  /** Two methods whose comparison was decided on beforehand; null = none. */
  compare: readonly [string, string] | null;
  /** Records of the manifest that are no row. */
  refusals: readonly Refusal[];
}

/** Scores the rows that are complete: one that the cost limit cut off is no row without a finding. */
export function scoreBench(result: BenchResult, { seed, compare, refusals }: ScoringOptions): ScoreReport {
  const complete = new Set(result.complete_rows.map((row) => row.traj_id));
  const predictions = result.predictions.filter((prediction) => complete.has(prediction.traj_id));
  const report = scoreAll(result.complete_rows, predictions, {
    seed,
    refusals: [...refusals, ...result.refusals],
    ...(compare === null ? {} : { compare }),
  });
  return { ...report, notes: notesOf(result) };
}

/** A figure on rows that a method was fitted on, or written for, is called that wherever it is printed. */
function notesOf(result: BenchResult): string[] {
  const fitted = (isFittedOn: (trajId: string) => boolean): number =>
    result.complete_rows.filter((row) => isFittedOn(row.traj_id)).length;
  const count = fitted(rulesFittedOn);
  const chosen = fitted(selectorFittedOn);
  if (count + chosen === 0) return [];
  const methods = new Set(result.predictions.map(({ method }) => method));
  const rows = `${count} of these ${result.complete_rows.length} rows`;
  return [
    ...(methods.has(RULES)
      ? [
          `the shipped rules were fitted on ${rows}: their figures here are not held out; npm run fit-rules prints the cross-validated ones`,
        ]
      : []),
    ...([...methods].some((method) => method === "agent" || method === "direct")
      ? [
          `what agent and direct choose among a model's findings was fitted on ${chosen} of these ${result.complete_rows.length} rows, and the rules beside it on ${count}: their figures here are not held out`,
        ]
      : []),
    ...([...methods].some((method) => /^(?:detector:|rules-by-hand$)/.test(method))
      ? [`the detectors were written with ${rows} in view: their figures here are not held out`]
      : []),
  ];
}

/** The trace trees for a page's row browser, with the labels of the rules where these were run. Reads every run again. */
export async function rowDetails(result: BenchResult, source: DataSource): Promise<RowDetails> {
  const details: Record<string, RowDetail> = {};
  const hasRules = result.predictions.some(({ method }) => method === RULES);
  for (const row of result.complete_rows) {
    const read = await readRow(row, source);
    if ("reason" in read) continue;
    const { tree } = read.workspace;
    details[row.traj_id] = hasRules
      ? { tree, labels: labelsOf(read.workspace), labels_method: RULES }
      : { tree };
  }
  return details;
}

const RULES = "rules";

function labelsOf(workspace: Workspace): NonNullable<RowDetail["labels"]> {
  const labels = diagnose(workspace).diagnosis.labels.filter(({ label }) => label === "incorrect");
  return labels.map(({ step_id, detector, confidence, reasoning, evidence }) => ({
    step_id,
    detector,
    confidence,
    reasoning,
    quote: evidence[0]?.quote ?? "",
  }));
}
