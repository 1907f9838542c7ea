import process from "node:process";
import { parseArgs } from "node:util";

/** What a fitting command was called with. */
export interface FitArguments {
  folder: string;
  /** A day, noted in the weights. */
  date: string;
  /** Where the weights go; null = to the shipped ones. */
  out: string | null;
  /** False = the weights alone. */
  wantsReport: boolean;
}

/** Reads the command line of a fitting command. null = it makes no sense: the usage was printed and the exit code set. */
export function fitArguments(usage: string): FitArguments | null {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { date: { type: "string" }, out: { type: "string" }, "no-report": { type: "boolean" } },
  });
  const [folder] = positionals;
  if (folder === undefined || values.date === undefined || !/^\d{4}-\d\d-\d\d$/.test(values.date)) {
    console.error(usage);
    process.exitCode = 2;
    return null;
  }
  return { folder, date: values.date, out: values.out ?? null, wantsReport: values["no-report"] !== true };
}
