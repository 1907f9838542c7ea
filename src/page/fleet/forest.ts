import type { PageAssociation } from "./data.ts";

/** A logarithmic axis for ratios. */
export interface Axis {
  low: number;
  high: number;
  ticks: readonly number[];
}

/** No axis is longer: what lies beyond is drawn with an arrow. */
const FURTHEST = 16;
const TICKS = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16];

/** An axis with 1 in its middle on which the intervals of these rows fit. */
export function axisOf(rows: readonly PageAssociation[]): Axis {
  const ends = rows.flatMap(({ risk_ratio, interval }) =>
    risk_ratio === null ? [] : [risk_ratio, interval?.low ?? risk_ratio, interval?.high ?? risk_ratio],
  );
  const spread = Math.max(2, ...ends.map((end) => (end > 0 ? Math.max(end, 1 / end) : FURTHEST)));
  const high = 2 ** Math.ceil(Math.log2(Math.min(FURTHEST, spread)));
  return { low: 1 / high, high, ticks: TICKS.filter((tick) => tick >= 1 / high && tick <= high) };
}

/** Where a ratio lies on an axis, 0 to 1; what lies beyond its ends is at them. */
export function placeOn({ low, high }: Axis, ratio: number): number {
  if (ratio <= low) return 0;
  if (ratio >= high) return 1;
  return Math.log(ratio / low) / Math.log(high / low);
}

/** `0.25`, `4`. */
export function ratioWords(ratio: number): string {
  if (!Number.isFinite(ratio)) return "∞";
  return ratio >= 10 ? `${Math.round(ratio)}` : `${Number(ratio.toFixed(2))}`;
}

/** `<0.001`, `0.013`, `0.4`. */
export function probabilityWords(p: number): string {
  return p < 0.001 ? "<0.001" : `${Number(p.toPrecision(2))}`;
}
