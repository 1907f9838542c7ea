import { printable, printableLines } from "../../../../src/report/printable.ts";
import type { ScoreReport } from "../../score/report-types.ts";
import type { Cell, TableModel } from "../page-data.ts";
import { accuracyTable } from "./accuracy.ts";
import { comparisonsTable } from "./comparisons.ts";
import { definitionsTable } from "./definitions.ts";
import { placesTable, toleranceTable } from "./places.ts";
import { promptTokensTable } from "./prompt-tokens.ts";
import { publishedTable } from "./published.ts";
import { refusalsTable } from "./refusals.ts";
import { strataTables } from "./strata.ts";
import { usageTable } from "./usage.ts";

/** All tables of a report in the order of reading. Every text in them is printable. */
export function tablesOf(report: ScoreReport): TableModel[] {
  const published = publishedTable(report.published);
  const tokens = promptTokensTable(report);
  return [
    accuracyTable(report),
    placesTable(report),
    toleranceTable(report),
    comparisonsTable(report),
    usageTable(report),
    ...(tokens === null ? [] : [tokens]),
    ...strataTables(report),
    ...(published === null ? [] : [published]),
    refusalsTable(report),
    definitionsTable(),
  ].map(printableTable);
}

function printableTable(table: TableModel): TableModel {
  return {
    ...table,
    notes: table.notes.map(printable),
    columns: table.columns.map((column) => ({ ...column, head: printableLines(column.head) })),
    rows: table.rows.map((row) => row.map(printableCell)),
  };
}

function printableCell(cell: Cell): Cell {
  return {
    ...cell,
    text: printable(cell.text),
    ...(cell.sub === undefined ? {} : { sub: printable(cell.sub) }),
  };
}
