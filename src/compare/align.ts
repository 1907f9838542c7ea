import type { IndexedStep } from "../trajectory/index.ts";
import { ALIKE, type Signature, signatureOf, similarity } from "./similarity.ts";
import type { AlignedRow } from "./types.ts";

/** What came before each cell of the alignment's table. */
const PAIR = 1;
const SKIP_A = 2;
const SKIP_B = 3;

/**
 * Aligns two runs by what they did: the order-keeping pairing of steps whose similarities sum to most (Needleman and Wunsch
 * 1970, gaps free, pairs below `ALIKE` not allowed). Time and memory grow with the product of the lengths.
 */
export function alignSteps(a: readonly IndexedStep[], b: readonly IndexedStep[]): AlignedRow[] {
  const [left, right] = [a.map(signatureOf), b.map(signatureOf)];
  const moves = fillTable(left, right);
  const rows: AlignedRow[] = [];
  let [at, bt] = [a.length, b.length];
  while (at > 0 || bt > 0) {
    const move = at === 0 ? SKIP_B : bt === 0 ? SKIP_A : moves[at * (b.length + 1) + bt];
    if (move !== SKIP_B) at--;
    if (move !== SKIP_A) bt--;
    const [one, other] = [a[at], b[bt]];
    rows.push({
      relation: move === SKIP_A ? "only_a" : move === SKIP_B ? "only_b" : relationOf(left[at], right[bt]),
      a_step_id: move === SKIP_B ? null : (one?.step_id ?? null),
      b_step_id: move === SKIP_A ? null : (other?.step_id ?? null),
    });
  }
  return rows.reverse();
}

function fillTable(left: readonly Signature[], right: readonly Signature[]): Uint8Array {
  const width = right.length + 1;
  const moves = new Uint8Array((left.length + 1) * width);
  let above = new Float64Array(width);
  for (const [row, one] of left.entries()) {
    const scores = new Float64Array(width);
    for (const [column, other] of right.entries()) {
      const alike = similarity(one, other);
      const paired = alike >= ALIKE ? (above[column] ?? 0) + alike : -1;
      const withoutA = above[column + 1] ?? 0;
      const withoutB = scores[column] ?? 0;
      const best = Math.max(paired, withoutA, withoutB);
      scores[column + 1] = best;
      // Read from the end, gaps are taken first: of equal pairings the one with the earliest pairs stands.
      moves[(row + 1) * width + column + 1] = best === withoutB ? SKIP_B : best === withoutA ? SKIP_A : PAIR;
    }
    above = scores;
  }
  return moves;
}

function relationOf(one: Signature | undefined, other: Signature | undefined): "same" | "alike" {
  return one?.action === other?.action ? "same" : "alike";
}
