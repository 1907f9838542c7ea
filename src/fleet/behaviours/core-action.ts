import type { IndexedStep } from "../../trajectory/index.ts";
import { actionText } from "./trace-face.ts";

/** Parts of a command that change how it is run or shown and not what it does. */
const TRIMMINGS: readonly RegExp[] = [
  /^\s*cd\s+\S+\s*(?:&&|;)\s*/,
  /\bsudo\s+/g,
  /\btimeout\s+[\d.]+[smh]?\s+/g,
  /\bsleep\s+[\d.]+[smh]?\s*(?:&&|;)?\s*/g,
  /\s*\d?>&\d|\s*&>\s*\S+|\s*2>\s*\/dev\/null/g,
  /\|\s*(?:head|tail)(?:\s+-\S+)*(?:\s+\d+)?/g,
  /\s(?:-v+|--verbose|-q|--quiet)(?=\s|$)/g,
  /"(?:timeout|description|timeout_ms|yield_time_ms)":(?:"[^"]*"|\d+),?/g,
];

/** An action without the trimmings in which a retry may differ from the first try. */
export function coreAction(step: IndexedStep): string {
  let text = actionText(step).replace(/\s+/g, " ");
  for (const trimming of TRIMMINGS) text = text.replace(trimming, " ");
  return text.replace(/\s+/g, " ").trim();
}
