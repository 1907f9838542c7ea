import { type Command, Option } from "commander";
import type { ReportFlags } from "./commands/report.ts";
import type { ExitCode, Io } from "./io.ts";

/** Adds `report`. */
export function addReport(program: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  program
    .command("report")
    .description(
      "write a page about a run or a fleet, or Markdown for a pull request, and say in a few lines what is in it",
    )
    .argument("<target>", "a run directory, a file, an archive, a workspace, or a folder that fleet wrote")
    .option("--html <file>", "write one page that loads nothing and opens from disk")
    .option("--markdown <file>", "write Markdown; - prints it instead of the summary")
    .option("--json", "print the summary as JSON")
    .addOption(
      new Option("--fail-on <what>", "exit with 1 when a run has it").choices([
        "incorrect",
        "unresolved",
        "unreadable",
        "fidelity",
      ]),
    )
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((target: string, flags: ReportFlags) => {
      choose(async (io) => (await import("./commands/report.ts")).report(target, flags, io));
    });
}
