import { SELECT_FEATURES, type SelectGroup } from "./selector.ts";

/** What is decided before fitting. */
export interface Plan {
  /** What is scored and chosen: single steps, or whole blocks (single steps where there is no block). */
  unit: "step" | "block";
  /** Which steps may be chosen: those of findings; with those that the rules chose; all. */
  pool: "findings" | "with_rules" | "all";
  /** Indices into `SELECT_FEATURES`. */
  columns: readonly number[];
  /** Weights tried for confidence and rules in place of a fit; absent = fitted. */
  sums?: readonly (readonly number[])[];
  offset?: boolean;
  l2?: readonly number[];
  /** The ways of choosing that the inner validation tries. */
  choices: readonly Choice[];
}

/** How units are chosen from probabilities. Units of a run known as solved need `floor_solved`. */
export interface Choice {
  expected_f1: boolean;
  floor: number;
  floor_solved: number;
  share_of_best: number;
  units: number;
  run_steps_per_extra: number;
}

const BASE = {
  expected_f1: false,
  floor: 0,
  floor_solved: 0.5,
  share_of_best: 0,
  units: 1000,
  run_steps_per_extra: 1000,
};

export const THRESHOLDS: Choice[] = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4].map((floor) => ({
  ...BASE,
  floor,
}));
export const SHARES: Choice[] = [0.35, 0.5, 0.65].flatMap((share_of_best) =>
  [25, 40, 80].map((run_steps_per_extra) => ({
    ...BASE,
    floor: 0.1,
    share_of_best,
    units: 2,
    run_steps_per_extra,
  })),
);
export const EXPECTED: Choice[] = [{ ...BASE, expected_f1: true }];

export function columnsWithout(...groups: readonly SelectGroup[]): number[] {
  return SELECT_FEATURES.flatMap(({ group }, index) => (groups.includes(group) ? [] : [index]));
}
