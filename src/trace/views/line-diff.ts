/** Lines beyond those that begin or end both texts alike; more are not compared, since the cost is their product. */
const LINES_MAX = 400;

/** A stretch in which two texts differ. */
export interface Hunk {
  removed: string[];
  added: string[];
}

/** How one text became another. */
export interface LineDiff {
  /** Lines that both have, in the same order. */
  same: string[];
  hunks: Hunk[];
}

/** The longest common subsequence of lines as what is the same and what is not; null = too many lines. At most 160,000 comparisons. */
export function diffLines(before: readonly string[], after: readonly string[]): LineDiff | null {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const old = before.slice(head, before.length - tail);
  const made = after.slice(head, after.length - tail);
  if (old.length > LINES_MAX || made.length > LINES_MAX) return null;
  const { same, hunks } = between(old, made);
  return { same: [...after.slice(0, head), ...same, ...after.slice(after.length - tail)], hunks };
}

function between(old: readonly string[], made: readonly string[]): LineDiff {
  const lengths = commonLengths(old, made);
  const width = made.length + 1;
  const same: string[] = [];
  const hunks: Hunk[] = [];
  let hunk: Hunk | null = null;
  for (let a = 0, b = 0; a < old.length || b < made.length; ) {
    const [removed, added] = [old[a], made[b]];
    if (removed !== undefined && removed === added) {
      same.push(removed);
      hunk = null;
      a++;
      b++;
      continue;
    }
    if (hunk === null) {
      hunk = { removed: [], added: [] };
      hunks.push(hunk);
    }
    const isRemoved =
      added === undefined || (lengths[(a + 1) * width + b] ?? 0) >= (lengths[a * width + b + 1] ?? 0);
    if (removed !== undefined && isRemoved) {
      hunk.removed.push(removed);
      a++;
    } else {
      if (added !== undefined) hunk.added.push(added);
      b++;
    }
  }
  return { same, hunks };
}

/** For every pair of places, how many lines the rests have in common. */
function commonLengths(old: readonly string[], made: readonly string[]): Uint16Array {
  const width = made.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  for (let a = old.length - 1; a >= 0; a--)
    for (let b = made.length - 1; b >= 0; b--)
      lengths[a * width + b] =
        old[a] === made[b]
          ? (lengths[(a + 1) * width + b + 1] ?? 0) + 1
          : Math.max(lengths[(a + 1) * width + b] ?? 0, lengths[a * width + b + 1] ?? 0);
  return lengths;
}
