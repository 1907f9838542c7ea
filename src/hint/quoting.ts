import { printable } from "../report/printable.ts";
import type { Evidence } from "../trajectory/label.ts";
import type { IndexedStep } from "../trajectory/step.ts";

const CODE_CHARS = 120;
const EVIDENCE_CHARS = 300;
const LEADING_LINES = 6;
const IDLE_LINE = /^\s*(?::?\s*#.*|:)?\s*$/;

/** Text of a run as inline code: one line, printable, cut at the end, in a row of backticks that it does not hold. */
export function code(text: string, maxChars = CODE_CHARS): string {
  const line = printable(text).replace(/\s+/g, " ").trim();
  const shown =
    line.length > maxChars
      ? `${line
          .slice(0, maxChars - 1)
          .toWellFormed()
          .trimEnd()}…`
      : line;
  const ticks = "`".repeat(Math.max(0, ...(shown.match(/`+/g) ?? []).map((row) => row.length)) + 1);
  return ticks.length === 1 ? `\`${shown}\`` : `${ticks} ${shown} ${ticks}`;
}

/** Words or names as inline code, in a row; those past the first `most` are counted only. */
export function codeList(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => code(name));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

/** A quote of a step's output: the head of a line, verbatim. */
export function seen(stepId: number, quote: string): Evidence {
  return { step_id: stepId, where: "observation", quote: head(quote) };
}

/** The first line of a step's action that does something, as a quote; null = a blank action. */
export function done(step: IndexedStep): Evidence | null {
  const line = firstLine(step.action);
  return line === "" ? null : { step_id: step.step_id, where: "action", quote: head(line) };
}

/** The first line of an action that does something: no comment, and no `:` where another follows. Empty for a blank action. */
export function firstLine(action: string): string {
  const lines = action.trim().split("\n", LEADING_LINES);
  return (lines.find((line) => !IDLE_LINE.test(line)) ?? lines[0] ?? "").trim();
}

function head(text: string): string {
  return text.slice(0, EVIDENCE_CHARS).replace(/[\ud800-\udbff]$/, "");
}

/** The text of the field that a quote stands in; null = not recorded. */
export function fieldOf(step: IndexedStep | undefined, where: Evidence["where"]): string | null {
  return (where === "thinking" ? step?.thinking : step?.[where]) ?? null;
}
