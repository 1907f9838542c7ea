import type { Evidence } from "../../trajectory/label.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { fieldText, quoteAt } from "../step-text.ts";
import { ends } from "../views/plain-text.ts";
import { INJECTION_PATTERNS, type InjectionPattern } from "./patterns.ts";

const INJECTIONS_MAX = 20;
/** Looked at from either end of a field. */
const FIELD_CHARS = 500_000;
const FIELDS = ["observation", "action", "thinking"] as const;

/** Text of the run that reads like an order to whoever analyses it. It is reported and has no effect. */
export interface Injection {
  step_id: number;
  where: Evidence["where"];
  /** Which way it tries, such as `ignore_instructions`. */
  kind: string;
  /** Verbatim, at most 200 characters. */
  quote: string;
}

/** The orders to a reader in a run, in step order: the first of each kind in a step, at most 20 in all. Takes time in proportion to the text. */
export function findInjections(steps: readonly IndexedStep[]): Injection[] {
  const found: Injection[] = [];
  for (const step of steps) {
    const kinds = new Set<string>();
    for (const { kind, pattern } of INJECTION_PATTERNS) {
      if (kinds.has(kind)) continue;
      const first = firstIn(step, pattern);
      if (first === null) continue;
      kinds.add(kind);
      found.push({ step_id: step.step_id, kind, ...first });
      if (found.length === INJECTIONS_MAX) return found;
    }
  }
  return found;
}

function firstIn(
  step: IndexedStep,
  pattern: InjectionPattern["pattern"],
): Pick<Injection, "where" | "quote"> | null {
  for (const where of FIELDS) {
    for (const text of looked(fieldText(step, where) ?? "")) {
      const match = pattern.exec(text);
      if (match) return { where, quote: quoteAt(text, match.index, match[0].length).slice(0, 200) };
    }
  }
  return null;
}

function looked(text: string): string[] {
  const kept = ends(text, FIELD_CHARS, FIELD_CHARS);
  return kept === null ? [text] : [kept.head, kept.tail];
}
