import { expect, it } from "vitest";
import { schedule } from "../../../src/replay/experiment/schedule.ts";

it("makes pair after pair, each arm once, with one seed a pair and in an order that the seed decides", () => {
  const plan = schedule(20, 3);
  expect(plan.map(({ order }) => order)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  for (let pair = 1; pair <= 20; pair++) {
    const both = plan.slice(2 * pair - 2, 2 * pair);
    expect(both.map((one) => one.pair)).toEqual([pair, pair]);
    expect(both.map(({ arm }) => arm).sort()).toEqual(["with_hint", "without_hint"]);
    expect(both[0]?.seed).toBe(both[1]?.seed);
  }
  const first = plan.filter(({ order }) => order % 2 === 1).map(({ arm }) => arm);
  expect(new Set(first).size).toBe(2);
  expect(schedule(20, 3)).toEqual(plan);
  expect(schedule(20, 4)).not.toEqual(plan);
  // More pairs do not move the earlier ones.
  expect(schedule(21, 3).slice(0, 40)).toEqual(plan);
});
