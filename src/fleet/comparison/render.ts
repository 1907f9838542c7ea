import { cut, displayWidth } from "../../report/columns.ts";
import { Page, type RenderOptions } from "../../report/page.ts";
import { printable } from "../../report/printable.ts";
import { type Block, blocksOf } from "./blocks.ts";
import type { FleetComparison } from "./types.ts";

const GAP = "  ";
const NAME_COLUMNS_LEAST = 12;

/** The comparison for a terminal. */
export function renderFleetComparison(comparison: FleetComparison, options: RenderOptions): string {
  const page = new Page(options);
  for (const block of blocksOf(comparison)) addBlock(page, block);
  return page.toString();
}

function addBlock(page: Page, block: Block): void {
  if (block.kind === "heading") page.heading(block.text);
  else if (block.kind === "field") page.field(block.name, block.text);
  else if (block.kind === "paragraph") page.paragraph(block.text, 2);
  else if (block.kind === "table") addTable(page, block.head, block.rows);
  else {
    page.whole(cut(printable(block.text), page.width - 2), 2, page.colors.bold);
    for (const { mark, run_id, text } of block.runs) {
      page.whole(`${mark}  ${run_id}`, 4, page.colors.cyan);
      page.paragraph(text, 7);
    }
  }
}

function addTable(page: Page, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...all.map((row) => displayWidth(printable(row[column] ?? "")))),
  );
  const figures = widths.slice(1).reduce((sum, width) => sum + width + GAP.length, 0);
  const room = Math.max(NAME_COLUMNS_LEAST, page.width - figures - GAP.length);
  const names = Math.min(widths[0] ?? 0, room);
  for (const [index, row] of all.entries()) {
    const cells = row.map((cell, column) =>
      column === 0
        ? padded(cut(printable(cell), names), names, false)
        : padded(printable(cell), widths[column] ?? 0, true),
    );
    page.whole(cells.join(GAP), GAP.length, index === 0 ? page.colors.dim : undefined);
  }
}

function padded(text: string, width: number, isFigure: boolean): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return isFigure ? `${space}${text}` : `${text}${space}`;
}
