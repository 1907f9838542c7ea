import { describe, expect, it } from "vitest";
import { backoffMs, retryAfterMs } from "../../src/model/retry-after.ts";

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

describe("retryAfterMs", () => {
  it.each<[Record<string, string>, number | null]>([
    [{}, null],
    [{ "retry-after": "3" }, 3_000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after-ms": "250", "retry-after": "3" }, 250],
    [{ "retry-after-ms": "soon", "retry-after": "3" }, 3_000],
    [{ "retry-after": "Thu, 01 Jan 2026 12:00:20 GMT" }, 20_000],
    [{ "retry-after": "Thu, 01 Jan 2026 11:00:00 GMT" }, null],
    [{ "retry-after": "-5" }, null],
    [{ "retry-after": "0" }, null],
    [{ "retry-after": "later" }, null],
    [{ "retry-after": "Infinity" }, null],
  ])("of %j is %j", (headers, ms) => {
    expect(retryAfterMs(new Headers(headers), NOW)).toBe(ms);
  });

  it("of nothing is nothing", () => {
    expect(retryAfterMs(null, NOW)).toBeNull();
  });
});

describe("backoffMs", () => {
  it("doubles up to a limit", () => {
    expect([1, 2, 3, 4, 5, 6].map(backoffMs)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  });
});
