import type { Row } from "./rows.ts";

/** What a key does in the tree: where the cursor goes, which stage opens or closes. */
export interface TreeMove {
  to?: number;
  toggle?: number;
}

/** The move of a key, as trees have it; null = the key is none of the tree's. */
export function treeMove(key: string, rows: readonly Row[], cursor: number): TreeMove | null {
  const row = rows[cursor];
  const last = rows.length - 1;
  if (key === "ArrowDown") return { to: Math.min(last, cursor + 1) };
  if (key === "ArrowUp") return { to: Math.max(0, cursor - 1) };
  if (key === "Home") return { to: 0 };
  if (key === "End") return { to: last };
  if (row === undefined) return null;
  if (key === "Enter" || key === " ")
    return row.kind === "stage" ? { toggle: row.stage.stage_id } : { to: cursor };
  if (key === "ArrowRight") return right(row, cursor, last);
  return key === "ArrowLeft" ? left(row, rows, cursor) : null;
}

function right(row: Row, cursor: number, last: number): TreeMove {
  if (row.kind === "step") return {};
  return row.isOpen ? { to: Math.min(last, cursor + 1) } : { toggle: row.stage.stage_id };
}

function left(row: Row, rows: readonly Row[], cursor: number): TreeMove {
  if (row.kind === "stage") return row.isOpen ? { toggle: row.stage.stage_id } : {};
  const head = rows.slice(0, cursor).findLastIndex((one) => one.kind === "stage");
  return head < 0 ? {} : { to: head };
}
