import { cut, displayWidth } from "../report/columns.ts";
import { Page, type RenderOptions } from "../report/page.ts";
import { printable } from "../report/printable.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { type Block, blocksOf } from "./blocks.ts";
import type { Comparison } from "./types.ts";

/** The comparison for a terminal. `full` lists every step. */
export function renderComparison(
  comparison: Comparison,
  [a, b]: readonly [TracedWorkspace, TracedWorkspace],
  options: RenderOptions & { full: boolean },
): string {
  const page = new Page(options);
  for (const block of blocksOf(comparison, a, b, options.full)) addBlock(page, block);
  return page.toString();
}

function addBlock(page: Page, block: Block): void {
  if (block.kind === "heading") page.heading(block.text);
  else if (block.kind === "quote") page.quote(block.place, block.text, 2);
  else if (block.kind === "row") addRow(page, block);
  else page.field(block.name, block.text);
}

function addRow(page: Page, { mark, a, b }: Extract<Block, { kind: "row" }>): void {
  const { dim, yellow, cyan } = page.colors;
  const half = Math.floor((page.width - 5) / 2);
  const left = cut(printable(a), half);
  const line = `${mark} ${left}${" ".repeat(half - displayWidth(left))} │ ${cut(printable(b), half)}`;
  page.whole(line, 0, mark === "=" ? dim : mark === "~" ? cyan : yellow);
}
