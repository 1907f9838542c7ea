import type { Command } from "commander";
import type { CompareFlags } from "./commands/compare.ts";
import type { ExitCode, Io } from "./io.ts";

/** Adds `compare`. */
export function addCompare(program: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  program
    .command("compare")
    .description("lay two runs of one task side by side: where they part, what each knew then, how they end")
    .argument("<run-a>", "a run directory, a file, an archive, or a workspace")
    .argument("<run-b>", "the other one")
    .option("--full", "list every step, the same ones too")
    .option("--markdown", "print Markdown")
    .option("--json", "print JSON")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((a: string, b: string, flags: CompareFlags) => {
      choose(async (io) => (await import("./commands/compare.ts")).compare(a, b, flags, io));
    });
}
