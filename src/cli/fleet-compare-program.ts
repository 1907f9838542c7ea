import { type Command, Option } from "commander";
import type { FleetCompareFlags } from "./commands/fleet-compare.ts";
import type { ExitCode, Io } from "./io.ts";

/** Adds `compare` to `fleet`. */
export function addFleetCompare(fleet: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  fleet
    .command("compare")
    .description(
      "set two fleets against each other, task by task: what is solved, what changed, which tasks got worse",
    )
    .argument("<fleet-a>", "a folder that codetracer fleet wrote: what it was")
    .argument("<fleet-b>", "another one: what it is now")
    .addOption(
      new Option("--fail-on <what>", "exit with 1 when there is one, with 2 when no task can tell").choices([
        "regression",
      ]),
    )
    .option("--resamples <n>", "of the bootstrap", "10000")
    .option("--seed <n>", "seeds the resampling and the clusters", "1")
    .option("--no-clusters", "do not group the failures")
    .option("--markdown", "print Markdown, for a pull request")
    .option("--json", "print JSON")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((a: string, b: string, flags: FleetCompareFlags) => {
      choose(async (io) => (await import("./commands/fleet-compare.ts")).fleetCompare(a, b, flags, io));
    });
}
