import type { Clock } from "../../../src/model/clock.ts";

/** A clock on which waiting takes no time. */
export interface QuickClock extends Clock {
  /** The waits so far, in milliseconds. */
  waits: number[];
}

export function quickClock(): QuickClock {
  let time = 1_700_000_000_000;
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
      time += ms;
    },
  };
}
