/**
 * Breaks every extractor in many ways on real runs and counts how many of the wrong readers the fidelity report
 * fails. Usage:
 *
 *   npm run bench:mutants -- <folder of runs>... [--least 0.95] [--blind] [--missed]
 */
import { parseArgs } from "node:util";
import { CodeTracerError, discoverRuns, EXTRACTORS, openRun } from "../../src/index.ts";
import { judgeRun, type Verdict } from "./judge.ts";
import { failedOriginals, mutantTable, shareCaught } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    least: { type: "string", default: "0.95" },
    blind: { type: "boolean", default: false },
    missed: { type: "boolean", default: false },
  },
});

const verdicts: Verdict[] = [];
try {
  for (const folder of positionals) verdicts.push(...(await judgeFolder(folder)));
} catch (error) {
  if (!(error instanceof CodeTracerError)) throw error;
  console.error(`bench:mutants: ${error.message}`);
  process.exit(2);
}
if (verdicts.length === 0) {
  console.error("bench:mutants: no run with steps found below the folders given");
  process.exit(2);
}
console.log(mutantTable(verdicts));
if (values.missed) {
  const missed = verdicts.filter((verdict) => verdict.mutation !== null && verdict.passed);
  console.log(
    ["not caught:", ...missed.map(({ run, format, mutation }) => `  ${mutation}: ${run} (${format})`)].join(
      "\n",
    ),
  );
}
const failed = failedOriginals(verdicts);
if (failed.length > 0)
  console.log(["originals that failed:", ...failed.map((line) => `  ${line}`)].join("\n"));
const share = shareCaught(verdicts);
const least = Number(values.least);
console.log(
  `caught: ${(share * 100).toFixed(1)} % of the mutants (bar: at least ${(least * 100).toFixed(0)} %)`,
);
process.exitCode = share >= least ? 0 : 1;

async function judgeFolder(folder: string): Promise<Verdict[]> {
  const { files, dispose } = await openRun(folder);
  const { runs } = discoverRuns(files, EXTRACTORS);
  const judged = runs.flatMap((run) =>
    judgeRun(run, placeIn(folder, run.folder, run.files.focus), { blind: values.blind }),
  );
  dispose();
  return judged;
}

function placeIn(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join("/");
}
