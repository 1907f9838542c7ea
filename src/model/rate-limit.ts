import type PQueue from "p-queue";
import type { Clock } from "./clock.ts";
import { ModelError } from "./model-error.ts";

/** Naps are this long at most: a timer holds no more than 2^31 ms, and a pause may be set longer while one sleeps. */
const LONGEST_NAP_MS = 60_000;

/** What the calls of a batch share: how many run at once, and until when none may begin. */
export interface RateLimiter {
  /** Runs the call when a slot is free and no pause holds. Throws what the call throws, and ModelError `aborted` while it waits. */
  run<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** No call begins before this time (milliseconds since 1970). An earlier time than the one that holds changes nothing. */
  pauseUntil(ms: number): void;
  /** Resolves when no pause holds. Takes no slot, so that a call that runs can wait before it tries again. Throws ModelError `aborted`. */
  open(signal: AbortSignal): Promise<void>;
}

/** A limiter for one batch of calls to one provider. `concurrency` is at least 1. */
export function createRateLimiter(options: Clock & { concurrency: number }): RateLimiter {
  const { concurrency, now, sleep } = options;
  let queue: Promise<PQueue> | undefined;
  let pausedUntil = 0;

  const open = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      if (signal.aborted) throw aborted();
      const left = pausedUntil - now();
      if (left <= 0) return;
      await sleep(Math.min(left, LONGEST_NAP_MS), signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  };

  return {
    open,
    pauseUntil: (ms) => {
      pausedUntil = Math.max(pausedUntil, ms);
    },
    run: async (call, signal) => {
      queue ??= import("p-queue").then(({ default: Queue }) => new Queue({ concurrency }));
      const slots = await queue;
      const begin = async () => {
        await open(signal);
        return call();
      };
      return slots.add(begin, { signal }).catch((error: unknown) => {
        throw signal.aborted && error === signal.reason ? aborted() : error;
      });
    },
  };
}

function aborted(): ModelError {
  return new ModelError("aborted", "The call to the model was stopped before it began.");
}
