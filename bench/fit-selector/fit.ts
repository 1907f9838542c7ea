import { sigmoid } from "../fit-rules/logistic.ts";
import { scoresOf } from "../fit-rules/scores.ts";
import type { Counting, Plan } from "./plans.ts";
import { calibrate, fitRegression, heldOut, type Regression, type ScoredRun, scored } from "./regression.ts";
import type { SelectRun } from "./select-run.ts";
import { type Countable, countForF1, floorOf, ranked } from "./selector.ts";

/** Everything that a fit comes to. */
export interface Selector {
  plan: Plan;
  l2: number;
  regression: Regression;
  calibration: { slope: number; intercept: number };
  counting: Counting;
  /** Mean of positive macro and micro F1 in the inner validation, by which penalty and counting were chosen. */
  value: number;
}

const L2 = [30, 100, 300];
const UNITS_MIN = 2;

/**
 * Chooses penalty and counting by validation over tasks inside the given runs, fits on all of them, and calibrates on the runs as
 * they were held out. Nothing outside the given runs is looked at. Deterministic.
 */
export function fitSelector(runs: readonly SelectRun[], plan: Plan): Selector {
  const tried = L2.flatMap((l2) => {
    const held = heldOut(runs, plan, l2);
    const calibration = calibrate(held);
    return plan.countings.map((counting) => {
      const counted = held.map((one) => countedIn(one, calibration, counting));
      const { positive_macro, micro } = scoresOf(
        runs.map(({ run }) => run),
        counted,
      );
      return { l2, calibration, counting, value: (positive_macro + micro) / 2 };
    });
  });
  const [first, ...others] = tried;
  if (!first) throw new Error("nothing to try");
  const best = others.reduce((one, other) => (other.value > one.value ? other : one), first);
  return { plan, ...best, regression: fitRegression(runs, plan, best.l2) };
}

/** The steps that a selector counts in a run, ascending. */
export function select(one: SelectRun, { plan, regression, calibration, counting }: Selector): number[] {
  return countedIn(scored(one, plan, regression), calibration, counting);
}

/** The units of a run with their calibrated probabilities. */
export function probabilities(one: SelectRun, { plan, regression, calibration }: Selector): Countable[] {
  return calibrated(scored(one, plan, regression), calibration);
}

function calibrated(
  { units, logOdds }: ScoredRun,
  { slope, intercept }: Selector["calibration"],
): Countable[] {
  return units.map(({ step_ids }, at) => ({
    step_ids,
    probability: sigmoid(slope * (logOdds[at] ?? 0) + intercept),
  }));
}

function countedIn(run: ScoredRun, calibration: Selector["calibration"], counting: Counting): number[] {
  const { resolved, features } = run.one.run;
  const units = ranked(calibrated(run, calibration));
  const best = units[0]?.probability ?? 0;
  const least = floorOf(resolved, counting);
  const kept = units
    .slice(0, countMax(units, features.length, counting))
    .filter((one) => one.probability >= Math.max(least, counting.share_of_best * best));
  return [...new Set(kept.flatMap((one) => one.step_ids))].sort((a, b) => a - b);
}

function countMax(units: readonly Countable[], stepCount: number, counting: Counting): number {
  if (counting.by === "threshold") return units.length;
  if (counting.by === "expected_f1") return countForF1(units);
  return UNITS_MIN + Math.floor(stepCount / counting.run_steps_per_extra);
}
