import type { Interval, NamedShare, PairedMean, PairedShare } from "./types.ts";

const MINUS = "−";

/** `62 %`, or `–` where it is not known. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${(100 * share).toFixed(0)} %`;
}

/** `+12 points`, of a difference of shares. */
export function pointsApart(difference: number | null): string {
  return difference === null ? "–" : `${signed(100 * difference, 0)} points`;
}

/** `+12`, of a difference of shares in a column that says so. */
export function shareApart(difference: number | null): string {
  return difference === null ? "–" : signed(100 * difference, 0);
}

/** `−3 to +27`, of an interval of a difference of shares, in points. */
export function shareInterval(interval: Interval | null): string {
  return interval === null ? "–" : `${signed(100 * interval.low, 0)} to ${signed(100 * interval.high, 0)}`;
}

/** `0.03`, `<0.001`. */
export function probability(p: number): string {
  if (p < 0.001) return "<0.001";
  return p < 0.1 ? p.toFixed(3) : p.toFixed(2);
}

/** The cells of a measure: both means, their difference, its interval. */
export function meanCells({ unit, mean_a, mean_b, difference, interval }: PairedMean): string[] {
  const digits = digitsOf(unit, Math.max(Math.abs(mean_a ?? 0), Math.abs(mean_b ?? 0)));
  const plain = (value: number | null): string => (value === null ? "–" : grouped(value, digits));
  return [
    plain(mean_a),
    plain(mean_b),
    difference === null ? "–" : signed(difference, digits),
    interval === null ? "–" : `${signed(interval.low, digits)} to ${signed(interval.high, digits)}`,
  ];
}

/** The cells of a share: both rates, their difference, its interval, the tasks in which only one fleet shows it, p. */
export function shareCells(share: NamedShare): string[] {
  return [
    percent(share.rate_a),
    percent(share.rate_b),
    shareApart(share.difference),
    shareInterval(share.interval),
    `${share.only_a} / ${share.only_b}`,
    probability(share.p_corrected),
  ];
}

/** The test on tasks as a sentence. */
export function testWords({ only_a, only_b, both, neither, ties, p }: PairedShare): string {
  const undecided = ties === 0 ? "" : `, ${ties} undecided`;
  return `${only_a} only by A, ${only_b} only by B, ${both} by both, ${neither} by neither${undecided}; exact McNemar p = ${probability(p)}`;
}

function digitsOf(unit: string, size: number): number {
  if (unit === "dollars") return size < 0.1 ? 4 : 2;
  return size >= 100 ? 0 : 1;
}

function signed(value: number, digits: number): string {
  const size = grouped(Math.abs(value), digits);
  if (Number(Math.abs(value).toFixed(digits)) === 0) return size;
  return `${value < 0 ? MINUS : "+"}${size}`;
}

function grouped(value: number, digits: number): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(digits).split(".");
  const parts = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  const sign = value < 0 && Number(value.toFixed(digits)) !== 0 ? MINUS : "";
  return `${sign}${parts}${fraction === undefined ? "" : `.${fraction}`}`;
}
