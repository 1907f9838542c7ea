import type { IndexedStep } from "../trajectory/index.ts";

/** A step boiled down to what is compared. */
export interface Signature {
  action: string;
  isChange: boolean;
  words: ReadonlySet<string>;
  touched: ReadonlySet<string>;
}

/** From here on two actions do about the same. */
export const ALIKE = 0.5;

/** Ends of long actions: scripts that write files may be megabytes. */
const COMPARED_CHARS = 2000;

/** What of a step is compared. */
export function signatureOf({ action, kind, touches }: IndexedStep): Signature {
  const trimmed = action.trim().replace(/[ \t]+/g, " ");
  return {
    action: trimmed,
    isChange: kind === "change",
    words: wordsOf(trimmed),
    touched: new Set([
      ...touches.programs.map((program) => `run ${program}`),
      ...(touches.reads ?? []).map((path) => `read ${path}`),
      ...(touches.writes ?? []).map((path) => `write ${path}`),
      ...(touches.deletes ?? []).map((path) => `delete ${path}`),
      ...(touches.packages ?? []).map((name) => `package ${name}`),
      ...(touches.tests ?? []).map((name) => `test ${name}`),
    ]),
  };
}

/**
 * How alike two steps are, 0 to 1: 1 for the same action, else the mean of the Jaccard indices of their words and of what they
 * touch. A step that only looks never counts as like one that changes something.
 */
export function similarity(one: Signature, other: Signature): number {
  if (one.isChange !== other.isChange) return 0;
  if (one.action === other.action) return 1;
  return (jaccard(one.words, other.words) + jaccard(one.touched, other.touched)) / 2;
}

/** The words of a text, of its beginning and its end where it is long. */
export function wordsOf(text: string): ReadonlySet<string> {
  const compared =
    text.length <= 2 * COMPARED_CHARS
      ? text
      : `${text.slice(0, COMPARED_CHARS)}\n${text.slice(-COMPARED_CHARS)}`;
  return new Set(compared.match(/[\p{L}\p{N}_]+/gu) ?? []);
}

/** Share of the members of two sets that both have; 1 for two empty sets. */
export function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (large.size === 0) return 1;
  let shared = 0;
  for (const member of small) if (large.has(member)) shared++;
  return shared / (small.size + large.size - shared);
}
