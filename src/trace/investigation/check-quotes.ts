import type { Evidence } from "../../trajectory/label.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import type { Report } from "./report.ts";
import { findVerbatim } from "./verbatim.ts";

/** How far around a block a quote that names the wrong step is looked for. */
const REACH = 3;

/** What a view puts before the first line of a field. */
const VIEW_MARK = /^\s*(?:\$ |thinks: |output: |[+-] )/;

type Quote = Report["candidates"][number]["quotes"][number];
type Steps = ReadonlyMap<number, IndexedStep>;

/** The quotes of a block that stand in a step, as they stand there, and sentences about those that do not. */
export interface CheckedQuotes {
  evidence: Evidence[];
  problems: string[];
}

/**
 * Checks the quotes of a block. One that stands in another step of the block, or in one of the three on either side of it, is taken as one of that step: a
 * number was mistaken, the words are there.
 */
export function checkQuotes(quotes: readonly Quote[], block: readonly number[], steps: Steps): CheckedQuotes {
  const evidence = new Map<string, Evidence>();
  const problems: string[] = [];
  for (const [index, quote] of quotes.entries()) {
    const found = standing(quote, block, steps);
    if (found) evidence.set(JSON.stringify(found), found);
    else problems.push(notStanding(quote, index, steps));
  }
  return { evidence: [...evidence.values()], problems };
}

function standing({ step: named, text }: Quote, block: readonly number[], steps: Steps): Evidence | null {
  for (const id of [named, ...near(named, block)]) {
    const step = steps.get(id);
    const found = step && (findVerbatim(text, step) ?? findVerbatim(text.replace(VIEW_MARK, ""), step));
    if (found) return { step_id: id, ...found };
  }
  return null;
}

/** The block's steps first, then those around it, those nearest to the named one first. */
function near(named: number, block: readonly number[]): number[] {
  const around = block.flatMap((id) => Array.from({ length: 2 * REACH + 1 }, (_, at) => id - REACH + at));
  const byDistance = (a: number, b: number): number => Math.abs(a - named) - Math.abs(b - named) || a - b;
  return [...new Set([...[...block].sort(byDistance), ...around.sort(byDistance)])];
}

function notStanding({ step: named, text }: Quote, index: number, steps: Steps): string {
  const elsewhere = [...steps.values()].find((step) => findVerbatim(text, step) !== null);
  const place = steps.has(named)
    ? `quote ${index + 1} does not stand in step ${named}`
    : `quote ${index + 1} names step ${named}, which does not exist`;
  return elsewhere === undefined
    ? `${place}, nor in any other; copy it exactly`
    : `${place}; it stands in step ${elsewhere.step_id}`;
}
