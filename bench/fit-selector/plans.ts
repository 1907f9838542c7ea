import { columnsNamed, columnsWithout } from "./features.ts";
import type { CountFloors } from "./selector.ts";

/** How units are counted, given their probabilities. */
export interface Counting extends CountFloors {
  /** `expected_f1` = as many as make the F1 to be expected greatest; `share` = those near the best one; `threshold` = all from the floor on. */
  by: "expected_f1" | "share" | "threshold";
  /** Least share of the best unit's probability; for `share` only. */
  share_of_best: number;
  /** One unit more than two for each so many steps of the run; for `share` only. */
  run_steps_per_extra: number;
}

/** What is decided before fitting, and the few values of which the inner validation takes the best. */
export interface Plan {
  name: string;
  /** What is scored and counted: single steps, or whole blocks (and single steps beside them). */
  unit: "step" | "block";
  /** Which steps may count: those of findings; with those that the rules chose; all. */
  pool: "findings" | "with_rules" | "all";
  /** Indices into `STUDY_FEATURES`. */
  columns: readonly number[];
  /** Log-odds that a feature adds for each unit of its value, set by hand; null = fitted. */
  weights: readonly number[] | null;
  countings: readonly Counting[];
}

/** Set by hand: a failed run went wrong somewhere, one of unknown outcome perhaps nowhere, and a solved one is blamed on strong grounds only. */
const FLOORS: CountFloors = { floor_failed: 0, floor_unknown: 0.1, floor_solved: 0.5 };
const UNUSED = { share_of_best: 0, run_steps_per_extra: 1 };

const COUNTINGS: Readonly<Record<Counting["by"], readonly Counting[]>> = {
  expected_f1: [{ by: "expected_f1", ...FLOORS, ...UNUSED }],
  share: [0.35, 0.5, 0.65].flatMap((share_of_best) =>
    [25, 40, 80].map(
      (run_steps_per_extra): Counting => ({ by: "share", ...FLOORS, share_of_best, run_steps_per_extra }),
    ),
  ),
  threshold: [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4].map(
    (floor): Counting => ({
      by: "threshold",
      floor_failed: floor,
      floor_unknown: floor,
      floor_solved: FLOORS.floor_solved,
      ...UNUSED,
    }),
  ),
};

const ALL: Omit<Plan, "name"> = {
  unit: "step",
  pool: "findings",
  columns: columnsWithout(),
  weights: null,
  countings: COUNTINGS.expected_f1,
};

/** The plan that is shipped. */
export const SHIPPED: Plan = {
  ...ALL,
  name: "shipped: kind, confidence, stage share, rules",
  columns: columnsWithout("block", "position", "outcome"),
};

/** Every unit with every pool and every way of counting, all features. */
export const FORMS: readonly Plan[] = (["step", "block"] as const).flatMap((unit) =>
  (["findings", "with_rules", "all"] as const).flatMap((pool) =>
    (["expected_f1", "share", "threshold"] as const).map(
      (by): Plan => ({ ...ALL, name: `${unit}s, ${pool}, ${by}`, unit, pool, countings: COUNTINGS[by] }),
    ),
  ),
);

/** Single steps of findings by expected F1, without a group of features. */
export const ABLATIONS: readonly Plan[] = [
  ...(["kind", "confidence", "stage", "rules", "block", "position", "outcome"] as const).map(
    (group): Plan => ({ ...ALL, name: `without ${group}`, columns: columnsWithout(group) }),
  ),
  {
    ...ALL,
    name: "rules only",
    columns: columnsWithout("kind", "confidence", "stage", "block", "position", "outcome"),
  },
  {
    ...ALL,
    name: "confidence only",
    columns: columnsWithout("kind", "rules", "stage", "block", "position", "outcome"),
  },
];

/** The shipped plan with other floors, to see how much hangs on them. */
export const FLOORED: readonly Plan[] = [
  { floor_failed: 0.1, floor_unknown: 0.1, floor_solved: 0.5 },
  { floor_failed: 0, floor_unknown: 0, floor_solved: 0 },
].map((floors) => ({
  ...SHIPPED,
  name: `floors: failed ${floors.floor_failed}, unknown ${floors.floor_unknown}, solved ${floors.floor_solved}`,
  countings: [{ by: "expected_f1", ...floors, ...UNUSED }],
}));

/** Log-odds of confidence and rules added up, not fitted but for the calibration. */
export const SUMS: readonly Plan[] = (["expected_f1", "share"] as const).flatMap((by) =>
  [0.5, 1, 2].map((weight): Plan => {
    const columns = columnsNamed("confidence", "rules");
    const name = `confidence + ${weight} x rules, ${by}`;
    return { ...ALL, name, columns, weights: [1, weight], countings: COUNTINGS[by] };
  }),
);
