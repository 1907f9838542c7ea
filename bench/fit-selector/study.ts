import { PLANS as RULES_PLANS, SHIPPED as SHIPPED_RULES } from "../fit-rules/plans.ts";
import type { TrainingRun } from "../fit-rules/training-run.ts";
import type { Predicted } from "../fit-rules/uncertainty.ts";
import { BASELINES, type Judged } from "./baselines.ts";
import { fitSelector, probabilities, type Selector, select } from "./fit.ts";
import { chosenByRules, countedByFolds, type Fold, fitFolds, leftOut, makeFolds, splitsOf } from "./folds.ts";
import { ABLATIONS, FLOORED, FORMS, type Plan, SHIPPED, SUMS } from "./plans.ts";
import { ruleSteps } from "./rule-steps.ts";
import { selectRun } from "./select-run.ts";
import type { Session } from "./sessions.ts";

/** One line of the study. */
export interface Line {
  name: string;
  predicted: Predicted;
}

/** Everything that the study works out; all of it on tasks left out, but for what says otherwise. */
export interface Study {
  judged: readonly TrainingRun[];
  baselines: readonly Line[];
  shipped: Line;
  floors: readonly Line[];
  /** The shipped plan fitted and scored on the same runs. */
  in_sample: Line;
  forms: readonly Line[];
  ablations: readonly Line[];
  sums: readonly Line[];
  /** The plan itself chosen inside each fold. */
  chosen_inside: Line;
  /** The selectors fitted with the rules as they are, the left-out runs judged by worse rules. */
  worse_rules: readonly { rules: string; lines: readonly Line[] }[];
  /** Fitted on the other agent families only. */
  other_family: Line;
  /** With the stage-first protocol's own verdict as stage share. */
  by_verdict: Line;
  /** The shipped plan on all runs, those without findings left to the rules; and the rules alone. */
  all_runs: readonly Line[];
  /** Each step of a finding in a scorable run: probability on a task left out, and whether it is annotated. */
  calibration: readonly { probability: number; hit: boolean }[];
}

/** Plans of the rules that stand for rules that do not fit new runs as well as those that they were written on. */
const WORSE = ["without detectors", "without what the step does", "without judgements"];

/** Works the whole study out. Takes some minutes. */
export function study(runs: readonly TrainingRun[], sessions: ReadonlyMap<string, Session>): Study {
  const judged = runs.filter((run) => sessions.has(run.traj_id));
  const findings = new Map([...sessions].map(([id, session]) => [id, session.findings]));
  const verdicts = new Map([...sessions].map(([id, session]) => [id, session.by_verdict]));
  const splits = splitsOf(runs, SHIPPED_RULES);
  const folds = makeFolds(splits, findings);
  const fits = new Map(
    [SHIPPED, ...FORMS, ...ABLATIONS, ...SUMS, ...FLOORED].map((plan) => [plan, fitFolds(folds, plan)]),
  );
  const line = (plan: Plan, on: readonly Fold[] = folds): Line => ({
    name: plan.name,
    predicted: countedByFolds(judged, on, fits.get(plan) ?? []),
  });
  const fitted = (name: string, on: readonly Fold[]): Line => ({
    name,
    predicted: countedByFolds(judged, on, fitFolds(on, SHIPPED)),
  });
  const shippedFits = fits.get(SHIPPED) ?? [];
  return {
    judged,
    baselines: baselineLines(judged, folds, sessions),
    shipped: line(SHIPPED),
    in_sample: inSample(runs, findings),
    forms: FORMS.map((plan) => line(plan)),
    ablations: ABLATIONS.map((plan) => line(plan)),
    sums: SUMS.map((plan) => line(plan)),
    floors: FLOORED.map((plan) => line(plan)),
    chosen_inside: {
      name: "plan chosen inside each fold",
      predicted: countedByFolds(judged, folds, bestInside(folds, [SHIPPED, ...FORMS, ...SUMS], fits)),
    },
    worse_rules: WORSE.map((name) => {
      const test = RULES_PLANS.find((one) => one.name === name)?.plan ?? SHIPPED_RULES;
      const worse = makeFolds(splits, findings, splitsOf(runs, test));
      const alone = baselineLines(judged, worse, sessions).filter((one) => one.name.startsWith("rules"));
      return {
        rules: name,
        lines: [
          ...alone,
          line(SHIPPED, worse),
          ...[...FORMS.slice(0, 1), ...SUMS].map((plan) => line(plan, worse)),
        ],
      };
    }),
    other_family: fitted(
      "fitted on the other family only",
      makeFolds(splitsOf(runs, SHIPPED_RULES, true), findings),
    ),
    by_verdict: fitted("stage-first verdict as stage share", makeFolds(splits, verdicts)),
    all_runs: [
      { name: "shipped, the rest by rules", predicted: countedByFolds(runs, folds, shippedFits) },
      { name: "rules alone", predicted: leftOut(runs, folds).map(({ one }) => chosenByRules(one)) },
    ],
    calibration: reliability(judged, folds, shippedFits),
  };
}

function baselineLines(
  judged: readonly TrainingRun[],
  folds: readonly Fold[],
  sessions: ReadonlyMap<string, Session>,
): Line[] {
  const pairs = leftOut(judged, folds).flatMap(({ one }): Judged[] => {
    const session = sessions.get(one.run.traj_id);
    return session ? [{ one, session }] : [];
  });
  return BASELINES.map(({ name, steps }) => ({ name, predicted: pairs.map(steps) }));
}

/** The selector fitted on all judged runs; the rules beside it are held out all the same. */
export function fitShipped(
  runs: readonly TrainingRun[],
  findings: ReadonlyMap<string, Session["findings"]>,
): { selector: Selector; judged: ReturnType<typeof selectRun>[] } {
  const rules = ruleSteps(runs, []);
  const judged = runs.flatMap((run) => {
    const found = findings.get(run.traj_id);
    return found ? [selectRun(run, found, rules.get(run.traj_id) ?? [])] : [];
  });
  return { selector: fitSelector(judged, SHIPPED), judged };
}

function inSample(runs: readonly TrainingRun[], findings: ReadonlyMap<string, Session["findings"]>): Line {
  const { selector, judged } = fitShipped(runs, findings);
  return { name: "shipped, fitted on the same runs", predicted: judged.map((one) => select(one, selector)) };
}

function bestInside(
  folds: readonly Fold[],
  plans: readonly Plan[],
  fits: ReadonlyMap<Plan, readonly Selector[]>,
): Selector[] {
  return folds.flatMap((_, fold) => {
    const tried = plans.flatMap((plan) => fits.get(plan)?.[fold] ?? []);
    const [first, ...others] = tried;
    return first ? [others.reduce((best, one) => (one.value > best.value ? one : best), first)] : [];
  });
}

function reliability(
  judged: readonly TrainingRun[],
  folds: readonly Fold[],
  selectors: readonly Selector[],
): Study["calibration"] {
  return leftOut(judged, folds).flatMap(({ one, fold }) => {
    const selector = selectors[fold];
    if (!selector || one.run.sort === "unlabelled") return [];
    return probabilities(one, selector).map(({ step_ids: [id = 0], probability }) => ({
      probability,
      hit: one.run.gold.includes(id),
    }));
  });
}
