import { type Block, laidOut } from "./scroll.ts";
import type { Row } from "./spans.ts";

/** The first rows of a block and the mark of a fold; the block itself where that would be as long. Lays out no more than it shows. */
export function foldBlock(block: Block, rowCount: number, mark: Row): Block {
  const rows: Row[] = [];
  for (let line = 0; line < block.length && rows.length <= rowCount + 1; line++)
    rows.push(...block.rows(line));
  if (rows.length <= rowCount + 1) return block;
  const shown = rows.slice(0, rowCount);
  while (shown.length > 1 && isBlank(shown.at(-1))) shown.pop();
  return laidOut([...shown, mark]);
}

function isBlank(row: Row | undefined): boolean {
  return row?.every((one) => one.text.trim() === "") ?? true;
}
