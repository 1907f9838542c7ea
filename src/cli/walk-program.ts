import type { Command } from "commander";
import type { WalkFlags } from "./commands/walk.ts";
import type { ExitCode, Io } from "./io.ts";

type Run = (io: Io) => Promise<ExitCode>;

/** Adds `walk`. */
export function addWalk(program: Command, choose: (run: Run) => void): void {
  program
    .command("walk")
    .description("go through a run step by step in the terminal; without one, print all steps")
    .argument("<run>", "a workspace, or a run directory, a file or an archive that holds one run")
    .option("--step <step>", "begin at this step: its number, or onset", "1")
    .option("--plain", "print all steps, on a terminal too")
    .option("--json", "print the run and its diagnosis as JSON")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((run: string, flags: WalkFlags) => {
      choose(async (io) => (await import("./commands/walk.ts")).walk(run, flags, io));
    });
}
