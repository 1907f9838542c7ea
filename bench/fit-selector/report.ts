import { scoresOf } from "../fit-rules/scores.ts";
import type { TrainingRun } from "../fit-rules/training-run.ts";
import { type Intervals, intervalsOf, pairedP } from "../fit-rules/uncertainty.ts";
import { KEEP_3, RULES, STAGE_FIRST } from "./baselines.ts";
import type { Line, Study } from "./study.ts";

const NAME_WIDTH = 48;
const BINS = [0, 0.05, 0.1, 0.2, 0.4, 1];

/** The study as text: a table a question, scores of tasks left out unless a heading says otherwise. */
export function report(study: Study, runs: readonly TrainingRun[]): string {
  const { judged } = study;
  const lines = (all: readonly Line[]): string[] => all.map((one) => lineOf(one, judged));
  return [
    `${judged.length} judged runs: ${count(judged, "positive")} positive, ${count(judged, "solved_empty")} solved and empty, ${count(judged, "unlabelled")} unlabelled (never scored, never negatives)`,
    `${"".padEnd(NAME_WIDTH)} macro+  micro      P      R  clean flagged  steps/run`,
    "nothing fitted but the rules; every figure of the rules is cross-validated:",
    ...lines(study.baselines),
    "selector, nested cross-validation by task:",
    ...lines([study.shipped]),
    "not held out:",
    ...lines([study.in_sample]),
    "every form, all features, nested:",
    ...lines(study.forms),
    "steps of findings by expected F1, nested, all features but a group:",
    ...lines(study.ablations),
    "hand-set sums of log-odds, nothing fitted but calibration and counting, nested:",
    ...lines(study.sums),
    "nested, the plan chosen as well:",
    ...lines([study.chosen_inside]),
    "nested, variations of the shipped plan:",
    ...lines([study.by_verdict, ...study.floors, study.other_family]),
    ...study.worse_rules.flatMap(({ rules, lines: all }) => [
      `fitted as above, left-out runs judged by worse rules (${rules}):`,
      ...lines(all),
    ]),
    ...families(study),
    `all ${runs.length} runs:`,
    ...study.all_runs.map((one) => lineOf(one, runs)),
    "",
    ...certainty(study),
    "",
    ...calibration(study.calibration),
  ].join("\n");
}

function families({ judged, shipped, baselines }: Study): string[] {
  const names = [...new Set(judged.map((run) => run.family))].sort();
  const compared = [shipped, ...baselines.filter((one) => [KEEP_3, STAGE_FIRST, RULES].includes(one.name))];
  return names.flatMap((family) => [
    `${family} only, fitted on all families:`,
    ...compared.map(({ name, predicted }) =>
      lineOf(
        { name, predicted: predicted.filter((_, index) => judged[index]?.family === family) },
        judged.filter((run) => run.family === family),
      ),
    ),
  ]);
}

function certainty({ judged, shipped, baselines }: Study): string[] {
  const named = [KEEP_3, STAGE_FIRST, RULES].flatMap(
    (name) => baselines.find((one) => one.name === name) ?? [],
  );
  return [
    "95 % intervals, whole tasks resampled:",
    ...[shipped, ...named].map(({ name, predicted }) => {
      const { positive_macro, micro } = intervalsOf(judged, predicted);
      return `${name.padEnd(NAME_WIDTH)} macro+ ${interval(positive_macro)}, micro ${interval(micro)}`;
    }),
    "shipped against, paired permutation of tasks on macro+ (comparisons named beforehand):",
    ...named.map(
      ({ name, predicted }) =>
        `${name.padEnd(NAME_WIDTH)} p ${pairedP(judged, shipped.predicted, predicted).toFixed(3)}`,
    ),
  ];
}

function calibration(steps: Study["calibration"]): string[] {
  const bins = BINS.slice(1).map((to, index) => ({ from: BINS[index] ?? 0, to }));
  return [
    "probability of findings' steps, tasks left out:  range   steps   mean   annotated",
    ...bins.map(({ from, to }) => {
      const inside = steps.filter((one) => one.probability >= from && one.probability < to);
      const mean = (value: (one: (typeof inside)[number]) => number): string =>
        inside.length === 0
          ? "–"
          : (inside.reduce((sum, one) => sum + value(one), 0) / inside.length).toFixed(3);
      const range = `${from.toFixed(2)} to ${to.toFixed(2)}`;
      return `${range.padStart(NAME_WIDTH)}${String(inside.length).padStart(8)}  ${mean((one) => one.probability)}  ${mean((one) => Number(one.hit))}`;
    }),
  ];
}

function interval(of: Intervals["micro"]): string {
  return of === null ? "–" : `${of.low.toFixed(3)} to ${of.high.toFixed(3)}`;
}

function lineOf({ name, predicted }: Line, runs: readonly TrainingRun[]): string {
  const scores = scoresOf(runs, predicted);
  const { positive_macro, micro, precision, recall } = scores;
  const shares = [positive_macro, micro, precision, recall]
    .map((one) => one.toFixed(3).padStart(6))
    .join(" ");
  const empty = `${scores.solved_empty_flagged}/${scores.solved_empty}`;
  return `${name.padEnd(NAME_WIDTH)} ${shares}${empty.padStart(15)}${scores.steps_per_run.toFixed(2).padStart(11)}`;
}

function count(runs: readonly TrainingRun[], sort: TrainingRun["sort"]): number {
  return runs.filter((run) => run.sort === sort).length;
}
