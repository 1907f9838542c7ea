import picocolors from "picocolors";
import { wrap } from "../../../src/report/columns.ts";
import type { ScoreReport } from "../score/report-types.ts";
import { factsOf } from "./facts.ts";
import type { TableModel } from "./page-data.ts";
import { tablesOf } from "./tables/index.ts";
import { type Colors, terminalTable } from "./terminal-table.ts";

/** How to print: with colours or without, and in how many columns (at least 40 are taken). */
export interface TerminalOptions {
  color: boolean;
  width: number;
}

const NARROWEST = 40;

/** The report for a terminal. Tables that are too wide go on below, with the first column again; folded ones are left out. */
export function renderTerminal(report: ScoreReport, options: TerminalOptions): string {
  const colors = picocolors.createColors(options.color);
  const width = Math.max(options.width, NARROWEST);
  const facts = factsOf(report).map(([name, value]) => `${name} ${value}`);
  const parts = [
    wrap(`${facts.join(" · ")}`, width).join("\n"),
    ...tablesOf(report)
      .filter((table) => table.folded !== true)
      .map((table) => section(table, width, colors)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(table: TableModel, width: number, colors: Colors): string {
  const notes = table.notes.flatMap((note) => wrap(note, width)).map((line) => colors.dim(line));
  const grid = table.rows.length > 0 ? [terminalTable(table, width, colors)] : [];
  return [colors.bold(table.title), ...notes, ...grid].join("\n");
}
