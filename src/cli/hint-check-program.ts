import type { Command } from "commander";
import type { HintCheckFlags } from "./commands/hint-check.ts";
import type { ExitCode, Io } from "./io.ts";

const more = (value: string, earlier: string[] = []): string[] => [...earlier, value];

/** Adds `hint-check`. */
export function addHintCheck(program: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  program
    .command("hint-check")
    .description(
      "prove that a hint quotes its run word for word, from before the mistake, and holds nothing of the verifier or the solution",
    )
    .argument("<hint>", "a hint.json")
    .argument("<run>", "the run it was written from: a workspace, a run directory, a file, or an archive")
    .option(
      "--raw <path>",
      "the raw run of a workspace, with the verifier's files (default: where it was read from)",
    )
    .option(
      "--gold <path>",
      "a file or folder with the solution: a patch, code, or records of a benchmark; may be given again",
      more,
    )
    .option("--json", "print JSON")
    .action((hint: string, run: string, flags: HintCheckFlags) => {
      choose(async (io) => (await import("./commands/hint-check.ts")).hintCheck(hint, run, flags, io));
    });
}
