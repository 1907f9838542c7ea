import { expect, test } from "vitest";
import { countForF1, floorOf, ranked } from "../../../src/trace/select/count.ts";

const units = (...probabilities: number[]) =>
  probabilities.map((probability, index) => ({ step_ids: [index + 1], probability }));

// F1 to be expected of the first k: 2 (p1 + … + pk) / (k + sum of all p).
test.each([
  { case: "nothing to count", all: [], count: 0 },
  { case: "one sure step among improbable ones", all: units(0.9, 0.1, 0.1), count: 1 },
  { case: "two equal steps", all: units(0.5, 0.5), count: 2 },
  // 1.2 / 2.1, then 2 / 3.1, then 2.2 / 4.1.
  { case: "until one costs more than it brings", all: units(0.6, 0.4, 0.1), count: 2 },
  { case: "nothing probable", all: units(0, 0), count: 1 },
])("$case", ({ all, count }) => {
  expect(countForF1(all)).toBe(count);
});

test("a block weighs as many steps as it has", () => {
  const step = { step_ids: [1], probability: 0.5 };
  const block = { step_ids: [2, 3, 4, 5], probability: 0.3 };
  // 1 of 1 + 1.7, then 3.4 of 5 + 1.7.
  expect(countForF1([step, block])).toBe(2);
  expect(countForF1([step, { ...block, probability: 0.1 }])).toBe(1);
});

test("the earlier of equals comes first", () => {
  const [a, b, c] = [
    { step_ids: [7], probability: 0.2 },
    { step_ids: [3], probability: 0.2 },
    { step_ids: [9], probability: 0.4 },
  ];
  expect(ranked([a, b, c])).toEqual([c, b, a]);
});

test.each([
  [false, 0.1],
  [null, 0.2],
  [true, 0.3],
])("the floor of a run with resolved %s", (resolved, floor) => {
  expect(floorOf(resolved, { floor_failed: 0.1, floor_unknown: 0.2, floor_solved: 0.3 })).toBe(floor);
});
