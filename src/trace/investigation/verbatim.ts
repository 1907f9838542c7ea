import type { Evidence } from "../../trajectory/label.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { unescapeJson } from "../../util/unescape-json.ts";
import { fieldText } from "../step-text.ts";
import { folded, unfolded } from "./folded-text.ts";

const QUOTE_CHARS = 400;
/** What is looked for of a longer quote. */
const WANTED_CHARS = 2000;
const MEANINGFUL_CHARS = 3;
const FIELDS = ["action", "observation", "thinking"] as const;
const MARKS_AROUND = /^(?:[\s"'`“”‘’…]|\.{3})+|(?:[\s"'`“”‘’…]|\.{3})+$/g;
const GAP = /\[?(?:…|\.{3})[^\]\n…]{0,40}\]|…|\.{3,}/;

/** Where a quote stands in a step, and the words as they stand there. */
export type Verbatim = Pick<Evidence, "where" | "quote">;

/**
 * Looks for a quote in the fields of a step: exactly as it is, else but for white space, control sequences, JSON escapes, the kind of quotes and dashes,
 * marks around it and gaps (`…`) in it. What comes back stands in the field character by character, at most 400 of them; of a quote with
 * gaps, its longest piece. null = it does not stand there, or is shorter than three characters. Takes linear time.
 */
export function findVerbatim(quote: string, step: IndexedStep): Verbatim | null {
  const wanted = quote.trim().slice(0, WANTED_CHARS);
  const bare = wanted.replace(MARKS_AROUND, "");
  return (
    exact(wanted, step) ??
    exact(bare, step) ??
    alike(wanted, step) ??
    alike(bare, step) ??
    alike(unescapeJson(bare), step) ??
    inPieces(bare, step)
  );
}

function exact(quote: string, step: IndexedStep): Verbatim | null {
  if (!isMeaningful(quote)) return null;
  const where = FIELDS.find((field) => fieldText(step, field)?.includes(quote));
  return where === undefined ? null : evidence(where, quote);
}

function alike(quote: string, step: IndexedStep): Verbatim | null {
  const wanted = folded(quote);
  if (!isMeaningful(wanted)) return null;
  for (const where of FIELDS) {
    const at = foldedField(step, where).indexOf(wanted);
    if (at < 0) continue;
    return evidence(where, unfolded(fieldText(step, where) ?? "", at, at + wanted.length));
  }
  return null;
}

/** All pieces between the gaps, one after the other, in one field. */
function inPieces(quote: string, step: IndexedStep): Verbatim | null {
  const pieces = quote.split(GAP).map((piece) => folded(piece));
  if (pieces.length < 2) return null;
  const long = pieces.filter((piece) => isMeaningful(piece));
  const longest = long.reduce((best, piece) => (piece.length > best.length ? piece : best), "");
  for (const where of FIELDS) {
    const at = startsInOrder(foldedField(step, where), long).get(longest);
    if (at === undefined) continue;
    return evidence(where, unfolded(fieldText(step, where) ?? "", at, at + longest.length));
  }
  return null;
}

/** Where each piece starts; empty where one of them is missing. */
function startsInOrder(text: string, pieces: readonly string[]): Map<string, number> {
  const starts = new Map<string, number>();
  let from = 0;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0) return new Map();
    starts.set(piece, at);
    from = at + piece.length;
  }
  return starts;
}

const foldedFields = new WeakMap<IndexedStep, Map<string, string>>();

/** Kept for as long as the step is: a report may look into the same observation of megabytes many times. */
function foldedField(step: IndexedStep, where: Evidence["where"]): string {
  const known = foldedFields.get(step) ?? new Map<string, string>();
  foldedFields.set(step, known);
  const text = known.get(where) ?? folded(fieldText(step, where) ?? "");
  known.set(where, text);
  return text;
}

function isMeaningful(text: string): boolean {
  return text.replace(/\s+/g, "").length >= MEANINGFUL_CHARS;
}

/** Cut to what a reader takes in, not through a surrogate pair; null where white space is most of what is left. */
function evidence(where: Evidence["where"], text: string): Verbatim | null {
  const head = text.slice(0, QUOTE_CHARS);
  const quote = (text.length > QUOTE_CHARS ? head.replace(/[\ud800-\udbff]$/, "") : head).trim();
  return isMeaningful(quote) ? { where, quote } : null;
}
