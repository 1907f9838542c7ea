import type { IndexedStep } from "../trajectory/index.ts";
import type { Block } from "./blocks.ts";
import type { AlignedRow, Relation } from "./types.ts";

const MARKS: Readonly<Record<Relation, string>> = { same: "=", alike: "~", only_a: "<", only_b: ">" };
/** A stretch of same steps shows its ends. */
const MIN_FOLDED = 4;

/** The alignment as rows to print; stretches of same steps become one row unless `isFull`. */
export function foldRows(
  rows: readonly AlignedRow[],
  a: readonly IndexedStep[],
  b: readonly IndexedStep[],
  isFull: boolean,
): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < rows.length; ) {
    const end = isFull ? at : endOfSame(rows, at);
    const [first, last] = [rows[at], rows[end - 1]];
    if (first && last && end - at >= MIN_FOLDED) {
      blocks.push({ kind: "row", mark: "=", ...folded(first, last, end - at) });
      at = end;
    } else if (first) {
      blocks.push(rowOf(first, a, b));
      at++;
    }
  }
  return blocks;
}

/** Where the stretch of same steps that begins here ends; here where there is none. */
function endOfSame(rows: readonly AlignedRow[], from: number): number {
  let end = from;
  while (rows[end]?.relation === "same") end++;
  return end;
}

function folded(first: AlignedRow, last: AlignedRow, count: number): { a: string; b: string } {
  return {
    a: `[${first.a_step_id}–${last.a_step_id}] ${count} steps`,
    b: `[${first.b_step_id}–${last.b_step_id}] the same`,
  };
}

function rowOf(row: AlignedRow, a: readonly IndexedStep[], b: readonly IndexedStep[]): Block {
  return {
    kind: "row",
    mark: MARKS[row.relation],
    a: stepWords(row.a_step_id === null ? undefined : a[row.a_step_id - 1]),
    b: stepWords(row.b_step_id === null ? undefined : b[row.b_step_id - 1]),
  };
}

function stepWords(step: IndexedStep | undefined): string {
  if (!step) return "";
  return `[${step.step_id}] ${step.name}${step.kind === "change" ? " (change)" : ""}${step.failed ? " ✗" : ""}`;
}
