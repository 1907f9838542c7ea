import type { PageStep } from "../../page/run/data.ts";

/** Characters of all texts of a page together: about what a browser opens without a long wait. */
const PAGE_CHARS = 48_000_000;
const FIELDS = ["action", "observation", "thinking"] as const;

/**
 * Steps whose texts together hold at most `most` characters: where they hold more, the longest lose their middles down to one
 * length, and `cut` says how many characters went. Steps that lose nothing are returned as they are.
 */
export function fitTexts(steps: readonly PageStep[], most: number = PAGE_CHARS): PageStep[] {
  const lengths = steps.flatMap((step) => FIELDS.map((field) => step[field]?.length ?? 0));
  const limit = lengthLimit(lengths, most);
  return steps.map((step) => fitted(step, limit));
}

/** The length that texts may keep so that they fit together; Infinity where they fit already. */
function lengthLimit(lengths: readonly number[], most: number): number {
  const sorted = [...lengths].sort((a, b) => a - b);
  let room = most;
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(room / (sorted.length - index));
    if (length > share) return share;
    room -= length;
  }
  return Number.POSITIVE_INFINITY;
}

function fitted(step: PageStep, limit: number): PageStep {
  const long = FIELDS.filter((field) => (step[field]?.length ?? 0) > limit);
  if (long.length === 0) return step;
  const { readable_action: _readable, ...kept } = step;
  const result: PageStep = long.includes("action") ? kept : { ...step };
  result.cut = {};
  for (const field of long) {
    const text = step[field] ?? "";
    const half = Math.floor(limit / 2);
    result[field] = `${text.slice(0, half)}\n…\n${text.slice(text.length - half)}`;
    result.cut[field] = text.length - 2 * half;
  }
  return result;
}
