import { expect, it } from "vitest";
import { Stamps } from "../../src/record/stamps.ts";

it("gives later times from a clock that stands still or goes back", () => {
  const times = [1000, 1000, 1000.5, 900, 900, 1001];
  const stamps = new Stamps(() => times.shift() ?? 0);
  expect(Array.from({ length: 6 }, () => stamps.next())).toEqual([
    "1970-01-01T00:00:01.000000Z",
    "1970-01-01T00:00:01.000001Z",
    "1970-01-01T00:00:01.000500Z",
    "1970-01-01T00:00:01.000501Z",
    "1970-01-01T00:00:01.000502Z",
    "1970-01-01T00:00:01.001000Z",
  ]);
});
