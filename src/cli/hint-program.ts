import { type Command, Option } from "commander";
import { HINT_FORMS } from "../hint/forms/index.ts";
import type { HintFlags } from "./commands/hint.ts";
import type { ExitCode, Io } from "./io.ts";
import { addModelFlags } from "./model-flags.ts";

/** Adds `hint`. */
export function addHint(program: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  addModelFlags(
    program
      .command("hint")
      .description("write what to tell the next attempt at the same task, from what this run shows")
      .argument("<run>", "a workspace, a run directory, a file of one run, or an archive")
      .option("--budget-tokens <n>", "the most tokens of the hint", "600")
      .addOption(
        new Option("--form <name>", "how it is put, for people or for an agent")
          .choices(HINT_FORMS)
          .default("markdown"),
      )
      .option(
        "--allow-verifier",
        "let it hold what the verifier says, such as the names of tests that failed",
      )
      .option("-o, --out <file>", "write it there instead of printing it"),
  )
    .option("--max-calls <n>", "the most calls to the model (default: 3)")
    .option("--max-tokens <n>", "the most tokens, input and output")
    .option("--max-seconds <n>", "the most time with the model")
    .option("--force", "ask the model again where its session lies in the workspace")
    .action((run: string, flags: HintFlags) => {
      choose(async (io) => (await import("./commands/hint.ts")).hint(run, flags, io));
    });
}
