import fs from "node:fs";
import path from "node:path";
import { FLEET_PLACES } from "../../fleet/facts/index.ts";
import { Page } from "../../report/page.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { writeOutput } from "./output-file.ts";
import { fleetReport } from "./report-fleet.ts";
import { type Report, runReport } from "./report-run.ts";

/** Flags of `report`. */
export interface ReportFlags {
  html?: string;
  markdown?: string;
  json?: boolean;
  failOn?: keyof Report["counts"];
  color?: boolean;
}

/** `codetracer report`: a run or a fleet as a page, as Markdown, and in a few lines. */
export async function report(target: string, flags: ReportFlags, io: Io): Promise<ExitCode> {
  const folder = path.resolve(io.cwd, target);
  const isFleet = fs.existsSync(path.join(folder, FLEET_PLACES.fleet));
  const made = isFleet ? fleetReport(folder, target) : await runReport(target, io);
  const written: string[] = [];
  if (flags.html !== undefined) written.push(writeOutput(flags.html, made.html(), made.rawRun, io));
  if (flags.markdown !== undefined && flags.markdown !== "-")
    written.push(writeOutput(flags.markdown, made.markdown(), made.rawRun, io));
  if (flags.markdown === "-") io.stdout.write(made.markdown());
  else if (flags.json)
    io.stdout.write(`${JSON.stringify({ ...made.json, counts: made.counts, written }, null, 2)}\n`);
  else io.stdout.write(summary(made, written, flags, io));
  return flags.failOn !== undefined && made.counts[flags.failOn] > 0 ? 1 : 0;
}

function summary(made: Report, written: readonly string[], flags: ReportFlags, io: Io): string {
  const page = new Page({ color: useColor(io, io.stdout, flags.color), width: outputWidth(io) });
  const { bold, cyan } = page.colors;
  const [[title, name] = ["", ""], ...others] = made.lines;
  page.path(title, name, bold);
  for (const [field, text] of others) page.field(field, text);
  for (const file of written) page.path("Written", file, cyan);
  return page.toString();
}
