import { printable, printableLines } from "../../../src/report/printable.ts";
import type { RowPrediction, RowReport, ScoreReport } from "../score/report-types.ts";
import { leadMethods } from "./lead.ts";
import type { BrowserLabel, BrowserPrediction, BrowserRow, RowResult } from "./page-data.ts";
import { treeLines } from "./tree-lines.ts";

/** What the page shows of one row when it is opened. */
export interface RowDetail {
  /** The trace tree, one line a step, as `tree.md` has it. */
  tree: string;
  labels?: readonly BrowserLabel[];
  /** The method whose labels these are; absent = they are shown with every method. */
  labels_method?: string;
}

/** Row details by `traj_id`. Rows without one have no tree. */
export type RowDetails = Readonly<Record<string, RowDetail>>;

/** The names that predictions can be chosen by: a method, or one of its repetitions. */
export function methodNames(report: ScoreReport): string[] {
  return [...keysOf(report).values()];
}

/** The rows of the row browser. Every text in them is printable. */
export function browserRows(report: ScoreReport, details: RowDetails): BrowserRow[] {
  const keys = [...keysOf(report).keys()];
  const first = new Map(report.methods.map(({ method }) => [method, keys.indexOf(keyOf(method, 1))]));
  const places = new Map(keys.map((key, at) => [key, at]));
  return report.row_table.map((row) => {
    const detail = Object.hasOwn(details, row.traj_id) ? details[row.traj_id] : undefined;
    return {
      traj_id: printable(row.traj_id),
      family: printable(row.agent),
      model: printable(row.model),
      task: printable(row.task_name),
      outcome: row.solved === null ? "not published" : row.solved ? "solved" : "failed",
      step_count: row.step_count,
      gold: row.gold_incorrect,
      predictions: row.predictions.flatMap((one) => predictionOf(row, one, places)),
      tree: detail === undefined ? null : treeLines(detail.tree),
      labels: (detail?.labels ?? []).map(printableLabel),
      labels_method: detail?.labels_method === undefined ? null : (first.get(detail.labels_method) ?? null),
    };
  });
}

/** What a prediction achieved on its row. */
export function resultOf(row: RowReport, prediction: RowPrediction): RowResult {
  if (prediction.missing) return "no prediction";
  if (row.class === "unlabelled") return "unlabelled";
  if (row.class === "solved_empty") return prediction.incorrect.length > 0 ? "false alarm" : "quiet";
  return prediction.incorrect.some((id) => row.gold_incorrect.includes(id)) ? "hit" : "miss";
}

function predictionOf(
  row: RowReport,
  prediction: RowPrediction,
  places: ReadonlyMap<string, number>,
): BrowserPrediction[] {
  const method = places.get(keyOf(prediction.method, prediction.repetition));
  return method === undefined
    ? []
    : [{ method, steps: prediction.incorrect, result: resultOf(row, prediction) }];
}

/** Method and repetition, the leading method first, with the name to show. Random rules have no predictions by row. */
function keysOf(report: ScoreReport): Map<string, string> {
  const seen = new Set(
    report.row_table.flatMap((row) => row.predictions.map((one) => keyOf(one.method, one.repetition))),
  );
  const names = new Map<string, string>();
  for (const { method, repetitions } of new Set([...leadMethods(report), ...report.methods])) {
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      const key = keyOf(method, repetition);
      if (!seen.has(key)) continue;
      const which = repetitions > 1 ? `, repetition ${repetition} of ${repetitions}` : "";
      names.set(key, printable(`${method}${which}`));
    }
  }
  return names;
}

function keyOf(method: string, repetition: number): string {
  return `${repetition} ${method}`;
}

function printableLabel(label: BrowserLabel): BrowserLabel {
  return {
    step_id: label.step_id,
    detector: printable(label.detector),
    confidence: label.confidence,
    reasoning: printableLines(label.reasoning),
    quote: printableLines(label.quote),
  };
}
