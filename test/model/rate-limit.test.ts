import { beforeAll, describe, expect, it } from "vitest";
import { createRateLimiter } from "../../src/model/rate-limit.ts";
import { quickClock } from "../support/wire-servers/clock.ts";

const { signal } = new AbortController();
const settle = () => new Promise((done) => setTimeout(done, 20));

/** A call that ends when it is told to. */
function held() {
  let end = (_: string) => {};
  let begun = false;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  return {
    call: () => {
      begun = true;
      return ended;
    },
    end: (value: string) => end(value),
    begun: () => begun,
  };
}

// Loaded on first use; afterwards everything happens within a few turns of the loop.
beforeAll(() => import("p-queue"));

describe("createRateLimiter", () => {
  it("runs no more calls at once than it may", async () => {
    const limiter = createRateLimiter({ ...quickClock(), concurrency: 2 });
    const calls = [held(), held(), held()];
    const results = calls.map(({ call }) => limiter.run(call, signal));
    await settle();
    expect(calls.map(({ begun }) => begun())).toEqual([true, true, false]);
    calls[1]?.end("second");
    expect(await results[1]).toBe("second");
    await settle();
    expect(calls[2]?.begun()).toBe(true);
    calls[0]?.end("first");
    calls[2]?.end("third");
    expect(await Promise.all(results)).toEqual(["first", "second", "third"]);
  });

  it("passes on what a call throws and goes on", async () => {
    const limiter = createRateLimiter({ ...quickClock(), concurrency: 1 });
    const error = new Error("no");
    await expect(limiter.run(() => Promise.reject(error), signal)).rejects.toBe(error);
    expect(await limiter.run(async () => "next", signal)).toBe("next");
  });

  it("lets nothing begin in a pause, which only grows", async () => {
    const clock = quickClock();
    const limiter = createRateLimiter({ ...clock, concurrency: 4 });
    limiter.pauseUntil(clock.now() + 90_000);
    limiter.pauseUntil(clock.now() + 1_000);
    const began = clock.now();
    expect(await limiter.run(async () => clock.now() - began, signal)).toBe(90_000);
    expect(clock.waits).toEqual([60_000, 30_000]);
    await limiter.open(signal);
    expect(clock.waits.length).toBe(2);
  });

  it("keeps waiting where a pause grows while it waits", async () => {
    const clock = quickClock();
    const limiter = createRateLimiter({
      now: clock.now,
      concurrency: 1,
      sleep: async (ms, by) => {
        if (clock.waits.length === 0) limiter.pauseUntil(clock.now() + 5_000);
        await clock.sleep(ms, by);
      },
    });
    limiter.pauseUntil(clock.now() + 1_000);
    await limiter.open(signal);
    expect(clock.waits).toEqual([1_000, 4_000]);
  });

  it.each(["waits for a slot", "waits for a pause"])("stops a call that %s", async (which) => {
    const real = { now: Date.now, sleep: (ms: number, by: AbortSignal) => rejectWhenAborted(ms, by) };
    const limiter = createRateLimiter({ ...real, concurrency: 1 });
    const blocking = held();
    const running = which === "waits for a slot" ? limiter.run(blocking.call, signal) : undefined;
    if (running === undefined) limiter.pauseUntil(Date.now() + 3_600_000);
    const controller = new AbortController();
    const waiting = held();
    const result = limiter.run(waiting.call, controller.signal);
    await settle();
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: "ModelError", failure: "aborted" });
    expect(waiting.begun()).toBe(false);
    blocking.end("done");
    if (running !== undefined) expect(await running).toBe("done");
  });

  it("does not begin a call that is aborted already", async () => {
    const limiter = createRateLimiter({ ...quickClock(), concurrency: 1 });
    const call = held();
    await expect(limiter.run(call.call, AbortSignal.abort())).rejects.toMatchObject({ failure: "aborted" });
    expect(call.begun()).toBe(false);
  });
});

function rejectWhenAborted(ms: number, by: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    by.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(by.reason);
    });
  });
}
