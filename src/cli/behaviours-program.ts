import type { Command } from "commander";
import type { BehavioursFlags } from "./commands/behaviours.ts";
import type { ExitCode, Io } from "./io.ts";
import { addModelFlags } from "./model-flags.ts";

/** Adds `behaviours`. */
export function addBehaviours(program: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  addJudgeFlags(
    addModelFlags(
      program
        .command("behaviours")
        .description(
          "say how the agent of one run behaved: retry loops, overconfidence, validation and others",
        )
        .argument("<run>", "a run directory, a file, an archive, or a workspace"),
    ),
  )
    .option("--max-cost <dollars>", "begin no call that could bring the cost beyond this")
    .option("--json", "print JSON")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((run: string, flags: BehavioursFlags) => {
      choose(async (io) => (await import("./commands/behaviours.ts")).behaviours(run, flags, io));
    });
}

/** Adds the flag that names a user's rubrics, for a command that has a model judge. */
export function addJudgeFlags(command: Command): Command {
  return command.option(
    "--rubric <file>",
    "a behaviour of your own for the model to judge, as a Markdown file; may be given again",
    (file: string, files: readonly string[] | undefined) => [...(files ?? []), file],
  );
}
