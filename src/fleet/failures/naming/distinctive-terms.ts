import { clausesOf } from "../text/summary.ts";
import { termsOf } from "../text/terms.ts";

const TERMS = 8;
/** A term that fewer of a cluster's runs hold does not speak for it. */
const LEAST_SHARE = 0.34;
const HALF = 0.5;

/**
 * The terms that tell each cluster from the others, strongest first: class-based TF-IDF (Grootendorst 2022, arXiv 2203.05794, 3.3) over the share
 * of a cluster's runs that hold a term. A word that stands in a chosen pair is left out.
 */
export function distinctiveTerms(clusters: readonly (readonly string[])[]): string[][] {
  const ranked = rankedIn(clusters, (summary) => termsOf(summary).keys(), LEAST_SHARE);
  return ranked.map((terms) => withoutParts(terms).slice(0, TERMS));
}

/** The same over whole clauses: what at least half of a cluster's runs have in so many words. */
export function distinctiveClauses(clusters: readonly (readonly string[])[]): string[][] {
  return rankedIn(clusters, clausesOf, HALF);
}

function rankedIn(
  clusters: readonly (readonly string[])[],
  termsIn: (summary: string) => Iterable<string>,
  leastShare: number,
): string[][] {
  const shares = clusters.map((summaries) => {
    const runs = new Map<string, number>();
    for (const summary of summaries)
      for (const term of termsIn(summary)) runs.set(term, (runs.get(term) ?? 0) + 1 / summaries.length);
    return runs;
  });
  const totals = new Map<string, number>();
  for (const share of shares)
    for (const [term, value] of share) totals.set(term, (totals.get(term) ?? 0) + value);
  return shares.map((share) =>
    [...share]
      .filter(([, value]) => value >= leastShare)
      .map(([term, value]) => ({
        term,
        weight: value * value * Math.log(1 + clusters.length / (totals.get(term) ?? 1)),
      }))
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .map(({ term }) => term),
  );
}

/** Each word once: a pair that brings two known words, and a word of a known pair, say nothing more. */
function withoutParts(terms: readonly string[]): string[] {
  const pairs = terms.filter((term) => term.includes(" "));
  const known = new Set<string>();
  const kept: string[] = [];
  for (const term of terms) {
    const longer = term.includes(" ") ? term : (pairs.find((pair) => pair.split(" ").includes(term)) ?? term);
    const words = longer.split(" ");
    if (words.every((word) => known.has(word))) continue;
    for (const word of words) known.add(word);
    kept.push(longer);
  }
  return [...new Set(kept)];
}
