import fs from "node:fs";
import path from "node:path";
import type { TrainingRun } from "../fit-rules/training-run.ts";
import { moduleLiteral } from "../fit-rules/weights-file.ts";
import { STUDY_FEATURES } from "./features.ts";
import type { Selector } from "./fit.ts";
import { rowDigest, type SelectorWeights } from "./selector.ts";

/** Figures are rounded, so that the last bits of another machine's arithmetic do not show. */
const DIGITS = 5;

/** Names of the files that hold the weights: for readers, and for the program. */
export const WEIGHTS_FILES = { json: "weights.json", module: "weights.generated.ts" } as const;

/** The weights with how they came about. `date` is a day such as 2025-01-31; `runs` are those that were fitted on. */
export function weightsOf(
  { plan, l2, regression, calibration, counting }: Selector,
  runs: readonly TrainingRun[],
  made: { date: string; command: string },
): SelectorWeights {
  const used = runs.filter((run) => run.sort !== "unlabelled");
  const positive = used.filter((run) => run.sort === "positive").length;
  return {
    made: {
      ...made,
      data: "CodeTraceBench, verified rows at hand; findings and stages of one strong model, blind to the annotation; rules held out by task",
      split: "fitted on all rows that can be scored; penalty by 5-fold validation over tasks",
      rows: { positive, solved_empty: used.length - positive },
      fitted_on: used.map((run) => rowDigest(run.traj_id)).sort(),
    },
    l2,
    features: regression.columns.flatMap(({ mean, scale, weight }, index) => {
      const name = STUDY_FEATURES[plan.columns[index] ?? -1]?.name;
      return name === undefined
        ? []
        : [{ name, mean: rounded(mean), scale: rounded(scale), weight: rounded(weight) }];
    }),
    intercept: rounded(regression.intercept),
    calibration: { slope: rounded(calibration.slope), intercept: rounded(calibration.intercept) },
    count: {
      floor_failed: counting.floor_failed,
      floor_unknown: counting.floor_unknown,
      floor_solved: counting.floor_solved,
    },
  };
}

/** Writes both files into a folder. The same weights give the same bytes. */
export function writeWeights(folder: string, weights: SelectorWeights): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, WEIGHTS_FILES.json), weightsJson(weights));
  fs.writeFileSync(path.join(folder, WEIGHTS_FILES.module), weightsModule(weights));
}

/** The text of the readable file. */
export function weightsJson(weights: SelectorWeights): string {
  return `${JSON.stringify(weights, null, 2)}\n`;
}

/** The same as a module: Node warns of imported JSON. */
function weightsModule(weights: SelectorWeights): string {
  return [
    `// Made by \`npm run fit-selector\` beside ${WEIGHTS_FILES.json}, with the same numbers.`,
    'import type { SelectorWeights } from "./weights.ts";',
    "",
    "/** The shipped weights. */",
    `export const SELECTOR_WEIGHTS: SelectorWeights = ${moduleLiteral(weights)};`,
    "",
  ].join("\n");
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
