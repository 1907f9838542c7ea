const NUMBER = new Intl.NumberFormat("en-US");

/** `12,345`. */
export function countWords(count: number): string {
  return NUMBER.format(count);
}

/** `1 step`, `12,345 steps`. */
export function plural(count: number, noun: string): string {
  return `${countWords(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `980`, `12.3k`, `4.5M`. */
export function shortCount(count: number): string {
  if (count < 1000) return `${Math.round(count)}`;
  const [value, unit] = count < 999_500 ? [count / 1000, "k"] : [count / 1e6, "M"];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)}${unit}`;
}

/** Milliseconds as `340 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Dollars with as many digits as say something. */
export function dollarWords(dollars: number): string {
  if (dollars === 0) return "$0";
  return `$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`;
}

/** Characters of a text as `812`, `48 k`, `5.1 M` characters. */
export function characterWords(count: number): string {
  return `${count < 10_000 ? countWords(count) : shortCount(count)} character${count === 1 ? "" : "s"}`;
}

/** `1–3, 7`: ascending step ids, rows of neighbours as ranges. */
export function stepRanges(ids: readonly number[]): string {
  const rows: [number, number][] = [];
  for (const id of ids) {
    const row = rows.at(-1);
    if (row?.[1] === id - 1) row[1] = id;
    else rows.push([id, id]);
  }
  return rows.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}
