import { cut } from "../../../report/columns.ts";
import { printable } from "../../../report/printable.ts";

/** The longest name, in UTF-16 units. */
export const MOST_NAME_CHARS = 60;
const MOST_TERMS = 3;
const MOST_WITH_CLAUSE = 2;

/**
 * A name from a cluster's most telling clause and the pair of words that tells most besides; from its terms where it has no clause in common. As many
 * parts as fit, at most three.
 */
export function clusterName(clauses: readonly string[], terms: readonly string[], fallback: string): string {
  const [clause] = clauses;
  const pairs = terms.filter((term) => term.includes(" "));
  const most = clause === undefined ? MOST_TERMS : MOST_WITH_CLAUSE;
  const parts: string[] = [];
  for (const part of (clause === undefined ? terms : [clause, ...pairs]).map(nameText)) {
    const known = parts.join(" ").toLowerCase();
    const isNew = part !== "" && part.split(" ").some((word) => !known.includes(word));
    const longer = [...parts, part].join(" · ");
    if (isNew && longer.length <= MOST_NAME_CHARS && parts.length < most) parts.push(part);
    else if (parts.length === 0 && part !== "") parts.push(cut(part, MOST_NAME_CHARS));
  }
  return parts.length === 0 ? fallback : parts.join(" · ");
}

/** The names, where one that an earlier cluster has gets its number behind it. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const number = ` (${index + 1})`;
    const own = taken.has(name) ? `${cut(name, MOST_NAME_CHARS - number.length)}${number}` : name;
    taken.add(own);
    return own;
  });
}

/** A text as one printable line. */
export function nameText(text: string): string {
  return printable(text)
    .replace(/\s*⏎\s*/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
