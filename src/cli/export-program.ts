import type { Command } from "commander";
import type { ExportFlags } from "./commands/export.ts";
import type { ExitCode, Io } from "./io.ts";

/** Adds `export`. */
export function addExport(program: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  program
    .command("export")
    .description("write diagnosed runs in the formats of other tools, with the labels")
    .argument("<runs>", "a run, a workspace, a folder of workspaces, or a fleet")
    .requiredOption(
      "--format <list>",
      "openinference, gen-ai, atif, docent, csv, several with commas, or all",
    )
    .option("-o, --out <folder>", "where a folder for each format is written", "codetracer-export")
    .option("--json", "print JSON")
    .action((target: string, flags: ExportFlags) => {
      choose(async (io) => (await import("./commands/export.ts")).exportRuns(target, flags, io));
    });
}
