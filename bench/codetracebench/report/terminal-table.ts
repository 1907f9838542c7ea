import Table from "cli-table3";
import type picocolors from "picocolors";
import { displayWidth, wrap } from "../../../src/report/columns.ts";
import { BORDERLESS } from "../../../src/report/table-style.ts";
import type { Cell, TableModel } from "./page-data.ts";

/** Colours, or functions that leave text as it is. */
export type Colors = ReturnType<typeof picocolors.createColors>;

interface Laid {
  at: number;
  width: number;
  wanted: number;
}

const GAP = 2;
/** Prose is wrapped to this at first, and gets what room is left. */
const PROSE = 30;
/** What stands below the first column's names may be wrapped to this. */
const FIRST_SUB = 24;
/** A right-aligned head may be longer than its figures by as much as this. */
const HEAD = 16;

/** A table within `width` columns: where its columns do not fit side by side, blocks of them follow each other. */
export function terminalTable(table: TableModel, width: number, colors: Colors): string {
  return blocksOf(table, width)
    .map((columns) => draw(table, columns, colors))
    .join("\n\n");
}

function blocksOf(table: TableModel, width: number): Laid[][] {
  const [first, ...others] = table.columns.map((_, at) => laidOf(table, at, width));
  if (!first) return [];
  const blocks: Laid[][] = [];
  let block = [first];
  for (const column of others) {
    if (block.length > 1 && used(block) + column.width + GAP > width) {
      blocks.push(block);
      block = [first];
    }
    block.push({ ...column, width: Math.min(column.width, width - first.width - 2 * GAP) });
  }
  blocks.push(block);
  return blocks.map((one) => stretched(one, width));
}

function laidOf(table: TableModel, at: number, width: number): Laid {
  const isProse = table.columns[at]?.align === "left";
  const head = (table.columns[at]?.head ?? "").split("\n");
  const below = widest(table.rows.map((row) => row[at]?.sub ?? ""));
  const inside = Math.max(
    widest(table.rows.map((row) => row[at]?.text ?? "")),
    at === 0 ? Math.min(below, FIRST_SUB) : below,
  );
  const wanted = Math.max(inside, widest(head));
  if (at === 0) {
    const most = Math.max(14, Math.floor(width * 0.3));
    return { at, width: Math.min(wanted, most), wanted: Math.min(wanted, most) };
  }
  if (isProse) return { at, width: Math.min(wanted, PROSE), wanted };
  const figures = Math.max(inside, Math.min(wanted, HEAD));
  return { at, width: figures, wanted: figures };
}

/** Shares what is left of the line among the columns that want more. */
function stretched(block: readonly Laid[], width: number): Laid[] {
  let room = width - used(block);
  return block.map((column) => {
    const more = Math.max(0, Math.min(room, column.wanted - column.width));
    room -= more;
    return { ...column, width: column.width + more };
  });
}

function used(block: readonly Laid[]): number {
  return block.reduce((sum, column) => sum + column.width + GAP, 0);
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(displayWidth));
}

function draw(table: TableModel, columns: readonly Laid[], colors: Colors): string {
  const grid = new Table({
    head: columns.map(({ at, width }) => headText(table.columns[at]?.head ?? "", width, colors)),
    chars: { ...BORDERLESS, middle: "" },
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
    colWidths: columns.map(({ width }) => width + GAP),
    colAligns: columns.map(({ at }) => table.columns[at]?.align ?? "left"),
  });
  for (const row of table.rows) {
    grid.push(columns.map(({ at, width }) => cellText(row[at] ?? { text: "" }, width, colors)));
  }
  const lines = grid.toString().split("\n");
  return lines.map((line) => line.trimEnd()).join("\n");
}

function headText(head: string, width: number, colors: Colors): string {
  return head
    .split("\n")
    .flatMap((line) => wrapped(line, width))
    .map((line) => colors.bold(line))
    .join("\n");
}

function cellText(cell: Cell, width: number, colors: Colors): string {
  const { bold, dim, yellow } = colors;
  const color = { strong: bold, quiet: same, warn: yellow }[cell.tone ?? "quiet"];
  const text = wrapped(cell.text, width).map((line) => color(line));
  const sub = cell.sub === undefined ? [] : wrapped(cell.sub, width).map((line) => dim(line));
  return [...text, ...sub].join("\n");
}

/** Narrow columns break words where they must; `wrap` itself takes at least eight columns. */
function wrapped(text: string, width: number): string[] {
  return displayWidth(text) <= width ? [text] : wrap(text, width);
}

function same(text: string): string {
  return text;
}
