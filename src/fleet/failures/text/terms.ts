import { STOP_WORDS } from "./stop-words.ts";
import { readSummary } from "./summary.ts";

const WORD = /[\p{L}][\p{L}\p{N}_+#-]*(?:\.[\p{L}][\p{L}\p{N}_]*)*/gu;
const MAX_WORD = 40;
/** Between the words of a pair in a term. */
const JOIN = " ";

/** The words of a text in lower case, in order, without stop words and without what is no word. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(WORD)]
    .map(([word]) => (word === word.toUpperCase() ? word.toLowerCase() : singular(word.toLowerCase())))
    .filter((word) => word.length > 1 && word.length <= MAX_WORD && !STOP_WORDS.has(word));
}

/** How often each term stands in a summary: words of all its lines but the task, and pairs of neighbours of its error lines. */
export function termsOf(summary: string): Map<string, number> {
  const counts = new Map<string, number>();
  const { errors, words } = readSummary(summary);
  const count = (term: string): void => void counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const word of wordsOf(words)) count(word);
  for (const line of errors) {
    const list = wordsOf(line);
    for (const [index, word] of list.entries()) {
      count(word);
      const next = list[index + 1];
      if (next !== undefined && next !== word) count(`${word}${JOIN}${next}`);
    }
  }
  return counts;
}

/** Plurals and their singular are one word; the few that this spoils are spoilt alike everywhere. */
function singular(word: string): string {
  if (word.endsWith("ies") && word.length > 5) return `${word.slice(0, -3)}y`;
  return word.length > 4 && /[^suia]s$/.test(word) && !word.includes(".") ? word.slice(0, -1) : word;
}
