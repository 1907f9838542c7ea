import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitRun, wholeRun } from "../../../src/trace/direct/parts.ts";
import type { Stage } from "../../../src/trajectory/stage.ts";

/** Stages of these lengths, one after the other. */
function stagesOf(...lengths: readonly number[]): Stage[] {
  let end = 0;
  return lengths.map((length, index) => {
    const start_step_id = end + 1;
    end += length;
    return { stage_id: index + 1, stage: "work", start_step_id, end_step_id: end };
  });
}

const rangesOf = (stages: readonly Stage[], weights: readonly number[], budget: number): string[] =>
  splitRun(stages, weights, budget).map(
    (part) =>
      `${part.first_step_id}-${part.last_step_id} stages ${part.stages.map(({ stage_id }) => stage_id).join(" ")}`,
  );

describe("splitRun", () => {
  it.each([
    ["a run that fits", [2, 3], [1, 1, 1, 1, 1], 5, ["1-5 stages 1 2"]],
    ["a run of two halves", [2, 2], [3, 3, 3, 3], 6, ["1-2 stages 1", "3-4 stages 2"]],
    [
      "even parts rather than a full one and a rest",
      [1, 1, 1, 1],
      [5, 5, 5, 5],
      15,
      ["1-2 stages 1 2", "3-4 stages 3 4"],
    ],
    [
      "a stage that is too large",
      [4, 1],
      [5, 5, 5, 5, 5],
      10,
      ["1-2 stages 1", "3-4 stages 1", "5-5 stages 2"],
    ],
    ["a step that is too large", [1, 1, 1], [2, 50, 2], 10, ["1-1 stages 1", "2-2 stages 2", "3-3 stages 3"]],
  ])("cuts %s", (_, lengths, weights, budget, expected) => {
    expect(rangesOf(stagesOf(...lengths), weights, budget)).toEqual(expected);
  });

  it("covers every step once, within the budget unless a step alone is beyond it", () => {
    const run = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(run, fc.integer({ min: 5, max: 60 }), (weightsByStage, budget) => {
        const weights = weightsByStage.flat();
        const parts = splitRun(stagesOf(...weightsByStage.map(({ length }) => length)), weights, budget);
        let next = 1;
        for (const part of parts) {
          expect(part.first_step_id).toBe(next);
          next = part.last_step_id + 1;
          const own = weights.slice(part.first_step_id - 1, part.last_step_id);
          const isSingle = own.length === 1;
          expect(isSingle || own.reduce((sum, weight) => sum + weight, 0) <= budget).toBe(true);
        }
        expect(next).toBe(weights.length + 1);
      }),
    );
  });
});

describe("wholeRun", () => {
  it("is one part with every stage", () => {
    const stages = stagesOf(2, 3);
    expect(wholeRun(stages, 5)).toEqual({ first_step_id: 1, last_step_id: 5, stages });
  });
});
