/** How long a server asks to wait, in milliseconds, from `retry-after-ms` or `retry-after` (seconds or a date). null = it does not, or not legibly. */
export function retryAfterMs(headers: Headers | null, now: number): number | null {
  const ms = positive(Number(headers?.get("retry-after-ms") ?? Number.NaN));
  if (ms !== null) return ms;
  const after = headers?.get("retry-after")?.trim() ?? "";
  if (after === "") return null;
  const seconds = Number(after);
  return positive(Number.isNaN(seconds) ? Date.parse(after) - now : seconds * 1000);
}

/** A wait where the server names none: 0.5 s, twice as long each time, at most 8 s. `tries` counts from 1. */
export function backoffMs(tries: number): number {
  return Math.min(500 * 2 ** (tries - 1), 8_000);
}

function positive(ms: number): number | null {
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
