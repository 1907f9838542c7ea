const DAY_MS = 86_400_000;
const MOST_DAYS = 21;
const MOST_WEEKS = 26;
/** A clock that was set wrong must not make thousands of empty buckets. */
const MOST_BUCKETS = 120;

/** Time cut into equal stretches; `starts` are dates of UTC, ascending, without a gap. */
export interface TimeBuckets {
  bucket: "day" | "week" | "month";
  starts: string[];
}

/** Buckets that hold all these moments: days up to three weeks, weeks (from Monday) up to half a year, else months, the last 120. null = no moment can be read. */
export function timeBuckets(moments: readonly (string | null)[]): TimeBuckets | null {
  const times = moments.map(timeOf).filter((time) => time !== null);
  if (times.length === 0) return null;
  const first = times.reduce((least, time) => Math.min(least, time));
  const last = times.reduce((most, time) => Math.max(most, time));
  const days = (last - first) / DAY_MS;
  const bucket = days <= MOST_DAYS ? "day" : days <= MOST_WEEKS * 7 ? "week" : "month";
  const starts: string[] = [];
  for (let at = startOf(last, bucket); starts.length < MOST_BUCKETS; at = startOf(at - 1, bucket)) {
    starts.unshift(dateOf(at));
    if (at <= first) break;
  }
  return { bucket, starts };
}

/** The start of the bucket that a moment falls in; null = it cannot be read or lies before all. */
export function bucketOf(moment: string | null, { bucket, starts }: TimeBuckets): string | null {
  const time = timeOf(moment);
  const start = time === null ? null : dateOf(startOf(time, bucket));
  return start !== null && starts.includes(start) ? start : null;
}

function timeOf(moment: string | null): number | null {
  const time = moment === null ? Number.NaN : Date.parse(moment);
  return Number.isNaN(time) || time < 0 || time > 4e12 ? null : time;
}

function startOf(time: number, bucket: TimeBuckets["bucket"]): number {
  const day = Math.floor(time / DAY_MS);
  if (bucket === "day") return day * DAY_MS;
  // 1 January 1970 was a Thursday.
  if (bucket === "week") return (day - ((day + 3) % 7)) * DAY_MS;
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
