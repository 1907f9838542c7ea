import { expect, it } from "vitest";
import type { PageStep } from "../../../src/page/run/data.ts";
import { metrics, total, wallTime } from "../../../src/page/run/metrics.ts";
import { steps } from "../../support/steps.ts";

const made = (...more: Partial<PageStep>[]): PageStep[] =>
  steps(...more.map(() => ({ action: "ls" }))).map((step, index) => ({
    ...step,
    is_shell: true,
    ...more[index],
  }));
const read = (all: readonly PageStep[]) =>
  metrics(all).map(({ id, values, note }, index) => ({
    id,
    values,
    note,
    total: total(metrics(all)[index] ?? never()),
  }));
const never = () => {
  throw new Error("no such metric");
};

it("says of each figure what it is, and what is not recorded", () => {
  const all = made(
    { duration_ms: 100, tokens: { input: 10, output: 5, cached: 4 }, observation: "abc" },
    { duration_ms: 300, observation: null },
  );
  expect(read(all)).toEqual([
    { id: "time", values: [100, 300], note: "Duration of each step", total: 400 },
    {
      id: "tokens",
      values: [15, null],
      note: "Input and output tokens of the model turn, at its first step; recorded for 1 of 2 steps",
      total: 15,
    },
    { id: "cost", values: [null, null], note: "Not recorded in this run", total: null },
    {
      id: "output",
      values: [3, null],
      note: "Length of each observation; recorded for 1 of 2 steps",
      total: 3,
    },
  ]);
  expect(wallTime(all)).toBeNull();
});

it("takes the time from start to start, and none where the clock goes back", () => {
  const all = made(
    { started_at: "2025-01-01T00:00:00Z", duration_ms: 1 },
    { started_at: "2025-01-01T00:00:04Z" },
    { started_at: "2025-01-01T00:00:03Z" },
    { started_at: "2025-01-01T00:01:00Z", duration_ms: 500 },
  );
  expect(metrics(all)[0]?.values).toEqual([4000, null, 57_000, null]);
  expect(wallTime(all)).toBe(60_500);
});

it("counts what was cut out of an observation", () => {
  expect(metrics(made({ observation: "ab", cut: { observation: 98 } }))[3]?.values).toEqual([100]);
});
