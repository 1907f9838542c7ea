import type { IndexedStep } from "../../trajectory/index.ts";
import type { Thread } from "../turns.ts";

/** When something ran, in nanoseconds since the epoch. */
export interface Time {
  start: bigint;
  end: bigint;
  /** Whether the run records when it began; else the time only tells the order. */
  is_timed: boolean;
}

const MILLISECOND = 1_000_000n;
/** Where a run without any time is put: a day that nobody takes for the real one. */
const NOWHERE = BigInt(Date.UTC(2000, 0, 1)) * MILLISECOND;

/**
 * The times of a run's steps by step id, and under 0 when the run began. A step whose time was not recorded, or is earlier than that of
 * its agent's step before it, begins a millisecond after the run's step before it ended; one whose duration was not recorded takes none.
 */
export function timesOf(threads: readonly Thread[]): ReadonlyMap<number, Time> {
  const placed = threads
    .flatMap((thread) => thread.steps.map((step) => ({ thread, step })))
    .sort((a, b) => a.step.step_id - b.step.step_id);
  const first = placed.map(({ step }) => nanoseconds(step.started_at)).find((time) => time !== null);
  const begin = first ?? NOWHERE;
  const times = new Map<number, Time>([[0, { start: begin, end: begin, is_timed: first !== undefined }]]);
  const lastOf = new Map<Thread, Time | undefined>();
  let last: Time | undefined;
  for (const { thread, step } of placed) {
    const before = lastOf.get(thread) ?? times.get(thread.parent_step_id ?? 0);
    const time = timeOf(step, last === undefined ? begin : last.end + MILLISECOND, before?.start ?? begin);
    times.set(step.step_id, time);
    lastOf.set(thread, time);
    last = time;
  }
  return times;
}

function timeOf(step: IndexedStep, next: bigint, earliest: bigint): Time {
  const own = nanoseconds(step.started_at);
  const is_timed = own !== null && own >= earliest;
  const start = is_timed ? own : next;
  return { start, end: start + BigInt(Math.round((step.duration_ms ?? 0) * 1e6)), is_timed };
}

/** An ISO 8601 time in nanoseconds since the epoch, all its digits kept; null where it is none or lies before 1980. */
function nanoseconds(iso: string | undefined): bigint | null {
  if (iso === undefined) return null;
  const whole = Date.parse(iso.replace(/\.\d+/, ""));
  if (Number.isNaN(whole) || whole < Date.UTC(1980)) return null;
  const digits = /\.(\d{1,9})/.exec(iso)?.[1] ?? "";
  return BigInt(whole) * MILLISECOND + BigInt(digits.padEnd(9, "0"));
}
