import type { Association, AssociationTable } from "./association.ts";
import type { Share } from "./risk-ratio.ts";

/** Corrected p below this is marked. */
const SIGNIFICANT = 0.05;
const UNKNOWN = "–";

/** `5 of 78 (6 %)`. */
export function shareWords({ present, judged }: Share): string {
  return `${present} of ${judged} (${judged === 0 ? UNKNOWN : `${Math.round((100 * present) / judged)} %`})`;
}

/** `2.4 (1.1 to 5.0)`, with `*` where halves were added; a dash where it cannot be told. */
export function ratioWords({ risk_ratio, interval, is_corrected }: Association): string {
  if (risk_ratio === null || interval === null) return UNKNOWN;
  const mark = is_corrected ? "*" : "";
  return `${figure(risk_ratio)}${mark} (${figure(interval.low)} to ${figure(interval.high)})`;
}

/** `0.012`, `<0.001`; a dash where nothing was tested. */
export function pWords(p: number | null): string {
  if (p === null) return UNKNOWN;
  return p < 0.001 ? "<0.001" : p.toFixed(3);
}

/** Whether the corrected p is small. */
export function stands({ p_corrected }: Association): boolean {
  return p_corrected !== null && p_corrected < SIGNIFICANT;
}

/** What the runs of a table have in common. */
export function groupWords({ by, value }: AssociationTable): string {
  return by === "all" ? "All runs" : `${by === "agent" ? "Agent" : "Model"} ${value ?? "not recorded"}`;
}

/** The rows that are shown, the surest first. */
export function shownRows({ rows }: AssociationTable): Association[] {
  return rows
    .filter(({ is_shown }) => is_shown)
    .sort((a, b) => (a.p ?? 2) - (b.p ?? 2) || (a.behaviour < b.behaviour ? -1 : 1));
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
