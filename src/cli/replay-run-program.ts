import type { Command } from "commander";
import type { ReplayRunFlags } from "./commands/replay-run.ts";
import type { ExitCode, Io } from "./io.ts";

type Run = (io: Io) => Promise<ExitCode>;

const AFTER = `
Placeholders in the commands, each filled in within its own argument; no shell comes between:
  {task} {task_file}   what the agent was asked, as text or as a file
  {hint} {hint_file}   the hint; in the other arm an empty text (or --without-hint) in the same place; for --command only
  {workdir}            the attempt's fresh folder, in which the commands run
  {run_dir}            an empty folder for what the agent records; where it stays empty, {workdir} is read
  {seed}               a number, the same for both attempts of a pair
  {here}               the folder that codetracer was called in
The same stand in CODETRACER_TASK_FILE, _HINT_FILE, _WORKDIR and _RUN_DIR.
Attempts run as you, with your environment, and could read each other's folders and what the check printed before: give a command
that starts a container where that is too much. What an attempt started and left running is ended before the check.`;

/** Adds `replay run`. */
export function addReplayRun(replay: Command, choose: (run: Run) => void): void {
  replay
    .command("run")
    .description("run your agent again with the hint and without it, and say whether the hint helps")
    .argument("<run>", "the failed run: a workspace, a run directory, a file, or an archive")
    .requiredOption("--command <command>", "the agent, such as 'agent --task {task_file} --hint {hint_file}'")
    .requiredOption("--check <command>", "run in the folder after each attempt; exit code 0 = passed")
    .option("--setup <command>", "run in each fresh folder before the agent; exit code 0 = ready")
    .option("--template-dir <folder>", "copied into each fresh folder (default: it starts empty)")
    .option("--attempts <n>", "of each arm; fewer than 6 cannot show a difference", "6")
    .option("--hint <file>", "give this text, or this hint.json, and not the one written from the diagnosis")
    .option("--without-hint <text>", "what the other arm gets in the hint's place", "")
    .option("--task <file>", "give this text and not the recorded task")
    .option("--timeout-seconds <n>", "of one attempt, in both arms", "1800")
    .option("--check-timeout-seconds <n>", "of one check and of one set-up", "600")
    .option("--max-cost <dollars>", "begin no attempt once those made cost so much")
    .option("--assume-cost <dollars>", "what an attempt without a recorded cost counts for")
    .option("--max-seconds <n>", "begin no attempt once the agents have run for so long")
    .option("--seed <n>", "decides the order of the attempts and {seed}", "1")
    .option("-o, --out <folder>", "where all of it goes; the same folder goes on", "codetracer-replay")
    .option("--json", "print JSON")
    .option("-q, --quiet", "no progress on stderr")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .addHelpText("after", AFTER)
    .action((run: string, flags: ReplayRunFlags) => {
      choose(async (io) => (await import("./commands/replay-run.ts")).replayRun(run, flags, io));
    });
}
