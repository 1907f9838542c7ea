import Table from "cli-table3";
import picocolors from "picocolors";
import { wrap } from "../../report/columns.ts";
import { markdownText } from "../../report/markdown-text.ts";
import type { RenderOptions } from "../../report/page.ts";
import { printable } from "../../report/printable.ts";
import { BORDERLESS } from "../../report/table-style.ts";
import type { Association, AssociationTable } from "./association.ts";
import { groupWords, pWords, ratioWords, shareWords, shownRows, stands } from "./words.ts";

interface Column {
  head: string;
  /** Not shown where the terminal has fewer columns. */
  from_width: number;
  cell(row: Association): string;
}

const COLUMNS: readonly Column[] = [
  { head: "behaviour", from_width: 0, cell: (row) => row.behaviour },
  { head: "in failed", from_width: 0, cell: (row) => shareWords(row.failed) },
  { head: "in solved", from_width: 0, cell: (row) => shareWords(row.solved) },
  { head: "ratio (95 %)", from_width: 80, cell: ratioWords },
  { head: "p", from_width: 90, cell: (row) => pWords(row.p) },
  { head: "p, Holm", from_width: 60, cell: (row) => pWords(row.p_corrected) },
  { head: "not judged", from_width: 110, cell: (row) => `${row.abstained}` },
];

/** The tables for a terminal; a behaviour that stands after the correction is bold. Pure. */
export function renderAssociation(tables: readonly AssociationTable[], options: RenderOptions): string {
  const { bold, dim } = picocolors.createColors(options.color);
  const columns = COLUMNS.filter(({ from_width }) => options.width >= from_width);
  const parts = tables.filter(hasRows).map((table) => {
    const grid = new Table({
      head: columns.map(({ head }) => dim(head)),
      chars: BORDERLESS,
      style: { head: [], border: [], "padding-left": 0, "padding-right": 1 },
    });
    const rows = shownRows(table);
    for (const row of rows) {
      const emphasis = stands(row) ? bold : (text: string) => text;
      grid.push(columns.map(({ cell }) => emphasis(printable(cell(row)))));
    }
    const lines = grid.toString().split("\n");
    return [
      bold(printable(groupWords(table))),
      ...lines.map((line) => line.trimEnd()),
      ...table.notes.flatMap((note) => wrap(printable(note), options.width)),
    ].join("\n");
  });
  const rest = notShown(tables).flatMap((note) => wrap(printable(note), options.width));
  return `${[...parts, ...(rest.length > 0 ? [rest.join("\n")] : [])].join("\n\n")}\n`;
}

/** The tables as Markdown, a heading each. Nothing of a run can become markup. */
export function associationMarkdown(tables: readonly AssociationTable[]): string {
  const parts = tables.filter(hasRows).map((table) => {
    const rows = shownRows(table).map((row) => {
      const cells = COLUMNS.map(({ cell }) => markdownText(cell(row)));
      return `| ${(stands(row) ? [`**${cells[0]}**`, ...cells.slice(1)] : cells).join(" | ")} |`;
    });
    const head = [`| ${COLUMNS.map(({ head }) => head).join(" | ")} |`, `|${"---|".repeat(COLUMNS.length)}`];
    return [
      `### ${markdownText(groupWords(table))}`,
      "",
      ...head,
      ...rows,
      "",
      ...table.notes.map((note) => `- ${markdownText(note)}`),
    ].join("\n");
  });
  return `${[...parts, ...notShown(tables).map(markdownText)].join("\n\n")}\n`;
}

function hasRows(table: AssociationTable): boolean {
  return shownRows(table).length > 0;
}

/** One sentence for all groups that are too small for a table. */
function notShown(tables: readonly AssociationTable[]): string[] {
  const small = tables.filter((table) => !hasRows(table));
  if (small.length === 0) return tables.length === 0 ? ["No runs."] : [];
  if (small[0]?.by === "all")
    return ["Too few failed or solved runs could be judged for a table.", ...(small[0]?.notes ?? [])];
  return [
    `Too few failed or solved runs for a table: ${small.map(({ value }) => value ?? "not recorded").join(", ")}.`,
  ];
}
