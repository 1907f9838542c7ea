import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { fitArguments } from "../fit-rules/fit-arguments.ts";
import { readRuns } from "../fit-rules/read-runs.ts";
import { report } from "./report.ts";
import { readSessions } from "./sessions.ts";
import { fitShipped, study } from "./study.ts";
import { weightsOf, writeWeights } from "./weights-file.ts";

const USAGE = `usage: npm run fit-selector -- <data folder> --date YYYY-MM-DD [--out FOLDER] [--no-report]
Studies how to choose among findings on a folder with CodeTraceBench's layout and candidates.json, and writes the fitted
selection; --date is noted in it.`;

const SHIPPED_FOLDER = fileURLToPath(new URL("../../../src/trace/select", import.meta.url));

/** Prints what ways of choosing are worth on tasks they have not seen, and writes the weights fitted on all rows. */
async function main(): Promise<void> {
  const given = fitArguments(USAGE);
  if (given === null) return;
  const { folder, date } = given;
  const sessions = readSessions(path.resolve(process.cwd(), folder));
  const runs = await readRuns(folder);
  if (given.wantsReport) console.info(report(study(runs, sessions), runs));
  const findings = new Map([...sessions].map(([id, session]) => [id, session.findings]));
  const { selector, judged } = fitShipped(runs, findings);
  const weights = weightsOf(
    selector,
    judged.map((one) => one.run),
    { date, command: `npm run fit-selector -- <data folder> --date ${date}` },
  );
  const out = given.out ?? SHIPPED_FOLDER;
  writeWeights(out, weights);
  console.info(`weights written to ${path.relative(process.cwd(), out) || "."}`);
}

await main();
