import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
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
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { date: { type: "string" }, out: { type: "string" }, "no-report": { type: "boolean" } },
  });
  const [folder] = positionals;
  if (folder === undefined || values.date === undefined || !/^\d{4}-\d\d-\d\d$/.test(values.date)) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const sessions = readSessions(path.resolve(process.cwd(), folder));
  const runs = await readRuns(folder);
  if (values["no-report"] !== true) console.info(report(study(runs, sessions), runs));
  const findings = new Map([...sessions].map(([id, session]) => [id, session.findings]));
  const { selector, judged } = fitShipped(runs, findings);
  const weights = weightsOf(
    selector,
    judged.map((one) => one.run),
    { date: values.date, command: `npm run fit-selector -- <data folder> --date ${values.date}` },
  );
  const out = values.out ?? SHIPPED_FOLDER;
  writeWeights(out, weights);
  console.info(`weights written to ${path.relative(process.cwd(), out) || "."}`);
}

await main();
