import type { IndexedStep, Tokens } from "../../trajectory/index.ts";

const TOKEN_KINDS = ["input", "output", "cached", "reasoning"] as const;

/** Tokens over all steps, each kind where a step records it; null = no step records any. */
export function sumTokens(steps: readonly IndexedStep[]): Tokens | null {
  const sum: Tokens = {};
  for (const { tokens } of steps)
    for (const kind of TOKEN_KINDS) {
      const count = tokens?.[kind];
      if (count !== undefined) sum[kind] = (sum[kind] ?? 0) + count;
    }
  return Object.keys(sum).length === 0 ? null : sum;
}

/** Dollars over all steps that record them; null = none does. Rounded to a millionth of a cent, so that no order of summing shows. */
export function sumCost(steps: readonly IndexedStep[]): number | null {
  const costs = steps.flatMap(({ cost_usd }) => (cost_usd === undefined ? [] : [cost_usd]));
  return costs.length === 0 ? null : Math.round(costs.reduce((sum, cost) => sum + cost, 0) * 1e8) / 1e8;
}

/**
 * When the first step began and seconds from then until the last one ended. A start in null = no step has a readable time; the
 * duration is null where fewer than two moments are known.
 */
export function timeOf(steps: readonly IndexedStep[]): {
  started_at: string | null;
  duration_seconds: number | null;
} {
  const moments = steps.flatMap(({ started_at, duration_ms }) => {
    const at = started_at === undefined ? Number.NaN : Date.parse(started_at);
    return Number.isNaN(at)
      ? []
      : [{ from: at, to: at + (duration_ms ?? 0), isLong: duration_ms !== undefined }];
  });
  if (moments.length === 0) return { started_at: null, duration_seconds: null };
  const from = moments.reduce((least, one) => Math.min(least, one.from), Number.POSITIVE_INFINITY);
  const to = moments.reduce((most, one) => Math.max(most, one.to), Number.NEGATIVE_INFINITY);
  const isKnown = moments.length > 1 || moments.some(({ isLong }) => isLong);
  return { started_at: isoTime(from), duration_seconds: isKnown ? (to - from) / 1000 : null };
}

/** A number may be a time of no calendar. */
function isoTime(ms: number): string | null {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}
