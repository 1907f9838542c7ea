import { expect, test } from "vitest";
import { promptTokens } from "../../../../bench/codetracebench/score/prompt-tokens.ts";
import type { Prediction, Row } from "../../../../bench/codetracebench/types.ts";

const row = (step_count: number): Row => ({ step_count }) as Row;
const took = (input_tokens: number, calls = 2): Prediction =>
  ({ usage: { calls, input_tokens, output_tokens: 0, cost_usd: null, seconds: 0 } }) as Prediction;

test("by band, then over all, repetitions counted one by one", () => {
  const rows = [row(20), row(25), row(40), row(300)];
  const answered = [[took(100), took(300)], [took(200, 5)], [], [took(9000)]];
  expect(promptTokens(rows, answered)).toEqual([
    { steps: "≤25", predictions: 3, mean_calls: 3, median: 200, p95: 290, most: 300 },
    { steps: ">100", predictions: 1, mean_calls: 2, median: 9000, p95: 9000, most: 9000 },
    { steps: "all", predictions: 4, mean_calls: 2.75, median: 250, p95: expect.closeTo(7695), most: 9000 },
  ]);
});

test("nothing where no model was asked", () => {
  expect(promptTokens([row(20)], [[took(0, 0)]])).toEqual([]);
});
