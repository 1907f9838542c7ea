import { expect, it } from "vitest";
import { type Filter, isFiltering, matchingSteps, NO_FILTER } from "../../../src/page/run/filter.ts";
import { runPageData } from "../../../src/report/html/run-page.ts";
import { longRun } from "../support/long-run.ts";

const { steps } = runPageData(longRun(21), [], null);
const found = (filter: Partial<Filter>): number[] =>
  matchingSteps(
    steps,
    { ...NO_FILTER, ...filter },
    {
      isLabelled: (id) => id === 7 || id === 9,
      stageOf: (id) => (id <= 12 ? 1 : 2),
    },
  );

it("lets everything through that is not asked to go", () => {
  expect(found({})).toHaveLength(21);
  expect(isFiltering(NO_FILTER)).toBe(false);
});

it("takes each condition by itself and all together", () => {
  expect(found({ kind: "change" })).toEqual([3, 6, 9, 12, 15, 18, 21]);
  expect(found({ isFailed: true })).toEqual([7, 14, 21]);
  expect(found({ isLabelled: true })).toEqual([7, 9]);
  expect(found({ stage_id: 2, kind: "change" })).toEqual([15, 18, 21]);
  expect(found({ tool: "bash", isFailed: true })).toEqual([21]);
});

it("searches names, actions, observations and thinking, whatever the case", () => {
  expect(found({ text: "READ PART-8.C" })).toEqual([8]);
  expect(found({ text: " src/part-8.c " })).toEqual([8]);
  expect(found({ text: "error: part-14" })).toEqual([14]);
  expect(found({ text: "part 5 comes" })).toEqual([5]);
  expect(found({ text: "nowhere" })).toEqual([]);
});
