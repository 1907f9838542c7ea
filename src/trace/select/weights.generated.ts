import type { SelectorWeights } from "./weights.ts";
export const SELECTOR_WEIGHTS: SelectorWeights = {
  made: { command: "", date: "", data: "", split: "", rows: { positive: 0, solved_empty: 0 }, fitted_on: [] },
  l2: 1,
  features: [
    { name: "confidence", mean: 0, scale: 1, weight: 4 },
    { name: "rules", mean: 0, scale: 1, weight: 4 },
  ],
  intercept: 2,
  calibration: { slope: 1, intercept: 0 },
  count: { floor: 0.1, floor_solved: 0.5 },
};
