import { type Command, Option } from "commander";
import type { RewardsFlags } from "./commands/rewards.ts";
import type { ExitCode, Io } from "./io.ts";

/** Adds `rewards`. */
export function addRewards(program: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  program
    .command("rewards")
    .description("print what each step earns in training, or the rows that trainers read, as JSON Lines")
    .argument("<target>", "a fleet's folder, a workspace, or a run")
    .addOption(
      new Option(
        "--format <name>",
        "rewards: a line a step; steps: prompt, completion, reward (GRPO, PPO); kto: prompt, completion, wanted or not; dpo: where two runs of one task part; prm: a run with a label a step",
      )
        .choices(["rewards", "steps", "kto", "dpo", "prm"])
        .default("rewards"),
    )
    .option("-o, --out <file>", "write there instead of printing")
    .option("--context-chars <n>", "characters of a prompt, for steps, kto and dpo", "32000")
    .option("--min-reward <share>", "leave out steps that earn less, or lose less, for kto", "0.1")
    .option("--min-confidence <share>", "call a step wrong from this confidence on, for prm", "0.4")
    .option("--pairs <n>", "pairs of runs for each task, for dpo", "10")
    .option("--max-left-out <n>", "steps that one run made before and the other did not, for dpo", "6")
    .action((target: string, flags: RewardsFlags) => {
      choose(async (io) => (await import("./commands/rewards.ts")).rewards(target, flags, io));
    });
}
