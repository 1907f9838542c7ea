import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { fitAll } from "./cross-validate.ts";
import { fitArguments } from "./fit-arguments.ts";
import { SHIPPED } from "./plans.ts";
import { readRuns } from "./read-runs.ts";
import { report } from "./report.ts";
import { weightsOf, writeWeights } from "./weights-file.ts";

const USAGE = `usage: npm run fit-rules -- <data folder> --date YYYY-MM-DD [--out FOLDER] [--no-report]
Fits the rules tracer on a folder with CodeTraceBench's layout and writes its weights; --date is noted in them.`;

const SHIPPED_FOLDER = fileURLToPath(new URL("../../../src/trace/rules/model", import.meta.url));

/** Prints what the fitted rules are worth on tasks they have not seen, and writes the weights fitted on all rows. */
async function main(): Promise<void> {
  const given = fitArguments(USAGE);
  if (given === null) return;
  const { folder, date } = given;
  const runs = await readRuns(folder);
  if (given.wantsReport) console.info(report(runs));
  const weights = weightsOf(fitAll(runs, SHIPPED), runs, {
    date,
    command: `npm run fit-rules -- <data folder> --date ${date}`,
  });
  const out = given.out ?? SHIPPED_FOLDER;
  writeWeights(out, weights);
  console.info(`weights written to ${path.relative(process.cwd(), out) || "."}`);
}

await main();
