import { type Cell, csvLine } from "../../util/csv-line.ts";
import type { ExportFormat, ExportRun } from "../types.ts";
import { LABEL_COLUMNS } from "./label-columns.ts";
import { RUN_COLUMNS } from "./run-columns.ts";
import { STEP_COLUMNS } from "./step-columns.ts";

/** Three tables over all runs: runs, steps and labels, tied by `run_id` and `step_id`. */
export const CSV: ExportFormat = {
  id: "csv",
  title: "CSV tables of runs, steps and labels",
  parts: (run) => {
    const { steps, diagnosis } = run.workspace;
    return [
      table("runs.csv", RUN_COLUMNS, [run], run),
      table("steps.csv", STEP_COLUMNS, steps, run),
      table("labels.csv", LABEL_COLUMNS, diagnosis.labels, run),
    ];
  },
};

/** A column: its name and what it holds for a row. */
export type Columns<Row> = Readonly<Record<string, (row: Row, run: ExportRun) => Cell>>;

function table<Row>(path: string, columns: Columns<Row>, rows: readonly Row[], run: ExportRun) {
  return {
    path,
    header: csvLine(Object.keys(columns)),
    text: rows.map((row) => csvLine(Object.values(columns).map((cell) => cell(row, run)))).join(""),
  };
}
