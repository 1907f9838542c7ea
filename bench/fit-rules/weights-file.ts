import fs from "node:fs";
import path from "node:path";
import type { Fitted } from "./cross-validate.ts";
import { rowDigest, type Weights } from "./tracer.ts";
import type { TrainingRun } from "./training-run.ts";

/** Figures are rounded, so that the last bits of another machine's arithmetic do not show. */
const DIGITS = 5;

/** Names of the files that hold the weights: for readers, and for the program. */
export const WEIGHTS_FILES = { json: "weights.json", module: "weights.generated.ts" } as const;

/** The weights with how they came about. `date` is a day such as 2025-01-31. */
export function weightsOf(
  fitted: Fitted,
  runs: readonly TrainingRun[],
  made: { date: string; command: string },
): Weights {
  const count = (sort: TrainingRun["sort"]): number =>
    runs.filter((run) => run.sort === sort && (sort !== "unlabelled" || run.judged !== null)).length;
  return {
    made: {
      ...made,
      data: "CodeTraceBench, verified rows at hand; targets mix annotation and blind judgements",
      split: "fitted on all rows; penalty and selection by 5-fold validation over tasks",
      rows: {
        positive: count("positive"),
        solved_empty: count("solved_empty"),
        judged_only: count("unlabelled"),
      },
      fitted_on: runs
        .filter((run) => run.sort !== "unlabelled" || run.judged !== null)
        .map((run) => rowDigest(run.traj_id))
        .sort(),
    },
    fit: fitted.fit,
    features: fitted.features.map((one) => ({
      ...one,
      mean: rounded(one.mean),
      scale: rounded(one.scale),
      weight: rounded(one.weight),
    })),
    intercept: rounded(fitted.intercept),
    calibration: {
      slope: rounded(fitted.calibration.slope),
      intercept: rounded(fitted.calibration.intercept),
    },
    selection: fitted.selection,
  };
}

/** Writes both files into a folder. The same weights give the same bytes. */
export function writeWeights(folder: string, weights: Weights): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, WEIGHTS_FILES.json), weightsJson(weights));
  fs.writeFileSync(path.join(folder, WEIGHTS_FILES.module), weightsModule(weights));
}

/** The text of the readable file. */
export function weightsJson(weights: Weights): string {
  return `${JSON.stringify(weights, null, 2)}\n`;
}

/** The same as a module: Node warns of imported JSON. */
function weightsModule(weights: Weights): string {
  const head = `// Made by \`npm run fit-rules\` beside ${WEIGHTS_FILES.json}, with the same numbers.`;
  return `${head}\nimport type { Weights } from "./weights.ts";\n\n/** The shipped weights. */\nexport const WEIGHTS: Weights = ${moduleLiteral(weights)};\n`;
}

/** Plain JSON data as the formatter wants it in a module. */
export function moduleLiteral(data: object): string {
  return JSON.stringify(data, null, 2)
    .replace(/^( *)"(\w+)":/gm, "$1$2:")
    .replace(/(?<=[^{[,])$(?=\n)/gm, ",");
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
