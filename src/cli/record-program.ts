import type { Command } from "commander";
import type { RecordFlags } from "./commands/record.ts";
import type { ExitCode, Io } from "./io.ts";

type Run = (io: Io) => Promise<ExitCode>;

/** Adds `record`. `choose` is called with the command that was given. */
export function addRecord(program: Command, choose: (run: Run) => void): void {
  program
    .command("record")
    .description("run a command and record the shell commands that it runs, and whatever it records itself")
    .argument("[command...]", "the agent and its arguments, behind --")
    .option(
      "-o, --out <folder>",
      "where the recording is made; one that is there is kept, and <folder>-2 made",
      "codetracer-recording",
    )
    .option("--agent <name>", "the agent's name (default: the name of the command)")
    .option("--model <name>", "the model that it uses")
    .option("--task <text>", "what it was asked; @file reads it from a file")
    .option(
      "--skip-shells <n>",
      "shells one inside of the other that only start the agent and are not recorded (default: 1 for npm, npx, pnpm, yarn and bunx, else 0)",
    )
    .option("--recover <folder>", "run nothing: write the trajectory.json of a recording that was killed")
    .option("-q, --quiet", "print nothing but what the command prints")
    .action((command: string[], flags: RecordFlags) => {
      choose(async (io) => (await import("./commands/record.ts")).record(command, flags, io));
    });
}
