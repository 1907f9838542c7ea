import type { Command } from "commander";
import type { ReplayPlanFlags } from "./commands/replay-plan.ts";
import type { ExitCode, Io } from "./io.ts";

type Run = (io: Io) => Promise<ExitCode>;

const AFTER = `
Recorded commands are what a coding agent ran: they may delete, download and send. They are only run with --execute, only in the folder or
container that you name, and in bubblewrap without network unless you say otherwise. What each gave is compared with the recording; the
replay stops where it goes another way. replay.json, in the folder <workdir>.codetracer-replay, says how far it came; the same command goes on.`;

const several = (value: string, earlier: string[] = []): string[] => [...earlier, value];

/** Adds `replay plan`. */
export function addReplayPlan(replay: Command, choose: (run: Run) => void): void {
  replay
    .command("plan")
    .description(
      "list what changed state before the run went wrong, with risks; write or run a script that rebuilds it",
    )
    .argument("<run>", "a workspace, a run directory, a file, or an archive")
    .option("--to <step>", "rebuild the state after this step (default: the last good step before the onset)")
    .option(
      "--script <file>",
      "write a bash script, which prints what it would do until it is told to execute; - prints it",
    )
    .option("--execute", "run the recorded commands, in --workdir or --container")
    .option("--workdir <folder>", "an empty folder, or one that holds a file .codetracer-replay")
    .option("--container <name>", "a running container of docker, or podman:<name>, that may be lost")
    .option(
      "--map <recorded=folder>",
      "a recorded path and the folder within --workdir for it, such as /app=. ; may be given again",
      several,
    )
    .option("--only-safe", "stop before steps that may reach further than the folder")
    .option("--timeout-seconds <n>", "stop a step after so long", "300")
    .option("--network", "let commands in the sandbox reach the network")
    .option("--unsandboxed", "run in --workdir without a sandbox: commands can then reach all that you can")
    .option("--allow-checkout", "--workdir may be, or lie in, a git checkout")
    .option("--keep-going", "go on where a step goes another way than in the recording")
    .option("--done <step>", "this step was done by hand, or is good as it is; may be given again", several)
    .option("--redo <step>", "do this step again, which was cut off or went another way")
    .option("--json", "print JSON: the plan, or with --execute what came of it")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .addHelpText("after", AFTER)
    .action((run: string, flags: ReplayPlanFlags) => {
      choose(async (io) => (await import("./commands/replay-plan.ts")).replayPlan(run, flags, io));
    });
}
