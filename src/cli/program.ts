import { Command, CommanderError, Option } from "commander";
import { addBehaviours } from "./behaviours-program.ts";
import type { AnalyzeFlags } from "./commands/analyze.ts";
import type { BenchFlags } from "./commands/bench.ts";
import type { ShowFlags } from "./commands/show.ts";
import type { TraceFlags } from "./commands/trace.ts";
import { addCompare } from "./compare-program.ts";
import { addExport } from "./export-program.ts";
import { addExtractors } from "./extractors-program.ts";
import { addFleet } from "./fleet-program.ts";
import { addHintCheck } from "./hint-check-program.ts";
import { addHint } from "./hint-program.ts";
import type { ExitCode, Io } from "./io.ts";
import { addModelFlags, type ModelFlags } from "./model-flags.ts";
import { addRecord } from "./record-program.ts";
import { addReplayPlan } from "./replay-plan-program.ts";
import { addReplayRun } from "./replay-run-program.ts";
import { addReport } from "./report-program.ts";
import { addRewards } from "./rewards-program.ts";
import { addModelTracerFlags, addTracerFlags } from "./tracer-flags.ts";
import { addWalk } from "./walk-program.ts";

type Run = (io: Io) => Promise<ExitCode>;

/**
 * Runs one command line (without `node` and the script) and returns its exit code. Commands are imported when
 * they are called: `--help` loads none of them.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let run: Run | undefined;
  const program = buildProgram(io, (chosen) => {
    run = chosen;
  });
  try {
    program.parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  if (!run) return 2;
  try {
    const code = await run(io);
    return io.signal.aborted ? 130 : code;
  } catch (error) {
    return await reportError(error, io);
  }
}

async function reportError(error: unknown, io: Io): Promise<ExitCode> {
  if (io.signal.aborted) return 130;
  const { CodeTracerError } = await import("../util/errors.ts");
  if (!(error instanceof CodeTracerError)) throw error;
  const { printable } = await import("../report/printable.ts");
  io.stderr.write(
    `codetracer: ${error.message
      .split("\n")
      .map((line) => printable(line))
      .join("\n")}\n`,
  );
  return 2;
}

/** The whole command line. `choose` is called with the command that was given. */
export function buildProgram(io: Pick<Io, "stdout" | "stderr">, choose: (run: Run) => void): Command {
  const program = new Command("codetracer")
    .description(
      "Reads what a coding agent's run left behind and says where it went wrong, with the quote that proves it.",
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .option("-V, --version", "print the version")
    .on("option:version", () =>
      choose(async (given) => (await import("./commands/version.ts")).version(given)),
    )
    .allowExcessArguments(false);
  program.action(() => {
    if (program.opts().version === undefined) program.help({ error: true });
  });
  addAnalyze(program, choose);
  addStages(program, choose);
  addShow(program, choose);
  addWalk(program, choose);
  addCompare(program, choose);
  addHint(program, choose);
  addHintCheck(program, choose);
  addReplay(program, choose);
  addRecord(program, choose);
  addReport(program, choose);
  addFleet(program, choose);
  addBehaviours(program, choose);
  addRewards(program, choose);
  addExport(program, choose);
  addSchema(program, choose);
  addBench(program, choose);
  addModels(program, choose);
  addExtractors(program, choose);
  return program;
}

function addReplay(program: Command, choose: (run: Run) => void): void {
  const replay = program
    .command("replay")
    .description("rebuild what a run did, or run its agent again with a hint");
  addReplayPlan(replay, choose);
  addReplayRun(replay, choose);
}

function addAnalyze(program: Command, choose: (run: Run) => void): void {
  addTracerFlags(withBatchOptions(program.command("analyze")))
    .description("read one run or many, and say where each went wrong")
    .argument("<runs...>", "run directories, files of a run, or archives (.tar.zst, .tar.gz, .tar, .zip)")
    .addOption(
      new Option("--fail-on <what>", "exit with 1 when a run has it").choices([
        "incorrect",
        "unresolved",
        "unreadable",
        "fidelity",
      ]),
    )
    .option("--estimate", "print about what calls, tokens and dollars a model would take, and ask nothing")
    .action((runs: string[], flags: AnalyzeFlags) => {
      choose(async (io) => (await import("./commands/analyze.ts")).analyze(runs, flags, io));
    });
}

function addStages(program: Command, choose: (run: Run) => void): void {
  program
    .command("detect")
    .description("list the runs below a directory and which extractor reads each, and why")
    .argument("<target>", "a directory, a file, or an archive")
    .option("--json", "print JSON")
    .action((target: string, flags: { json?: boolean }) => {
      choose(async (io) => (await import("./commands/detect.ts")).detect(target, flags, io));
    });
  withBatchOptions(program.command("extract"))
    .description("read and index runs into workspaces, without a diagnosis")
    .argument("<runs...>", "as for analyze")
    .action((runs: string[], flags: AnalyzeFlags) => {
      choose(async (io) => (await import("./commands/analyze.ts")).extract(runs, flags, io));
    });
  addTracerFlags(program.command("trace"))
    .description("diagnose a workspace again and write its labels.json and diagnosis.json")
    .argument("<workspace>", "a folder that analyze or extract wrote")
    .option("--force", "ask the model again where its diagnosis lies in the workspace")
    .option("--json", "print the diagnosis as JSON")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((workspace: string, flags: TraceFlags) => {
      choose(async (io) => (await import("./commands/trace.ts")).trace(workspace, flags, io));
    });
}

function addShow(program: Command, choose: (run: Run) => void): void {
  program
    .command("show")
    .description("print from a workspace: the report, single steps, or the tree")
    .argument("<workspace>", "a folder that analyze wrote")
    .option("--steps <range>", "print these steps whole, such as 12-18 or 7")
    .option("--tree", "print the trace tree")
    .option("--full", "do not shorten long observations")
    .option("--json", "print JSON")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((workspace: string, flags: ShowFlags) => {
      choose(async (io) => (await import("./commands/show.ts")).show(workspace, flags, io));
    });
}

function addSchema(program: Command, choose: (run: Run) => void): void {
  program
    .command("schema")
    .description("print the JSON Schema of a workspace file; without a name, list the names")
    .argument("[name]", "steps, stage_ranges, extraction, labels, diagnosis, hint, facts or trajectory")
    .action((name: string | undefined) => {
      choose(async (io) => (await import("./commands/schema.ts")).schema(name, io));
    });
}

function addBench(program: Command, choose: (run: Run) => void): void {
  addModelTracerFlags(program.command("bench"))
    .description("measure how well methods find the labelled steps of CodeTraceBench")
    .argument(
      "[data]",
      "a folder with the published layout, a manifest in one, or hf://OWNER/NAME[@revision] (default: hf://NJU-LINK/CodeTraceBench)",
    )
    .option(
      "-m, --method <names>",
      "methods to run, separated by commas: agent, direct, rules, rules-by-hand, detectors, detector:<id>",
      "rules",
    )
    .option(
      "--rows <key=value>",
      "rows to take: agent, model, task, category, difficulty, solved, ids (ids=@file: one a line); values separated by commas, * for anything; may be given again",
      (value: string, earlier: string[] = []) => [...earlier, value],
    )
    .addOption(
      new Option("--split <name>", "which manifest").choices(["verified", "full"]).default("verified"),
    )
    .option("--compare <a,b>", "two methods or constant rules whose comparison was decided on beforehand")
    .option("--limit <n>", "the most rows")
    .option("--seed <n>", "picks the rows of --limit and seeds the resampling")
    .option("--repetitions <n>", "predictions a method makes for each row", "1")
    .option("-j, --concurrency <n>", "rows in the works at a time", "1")
    .option("--max-cost <dollars>", "stop before the predictions in the ledger cost more")
    .option("--calibrate <file>", "choose the threshold of one method on these rows and write it there")
    .option("--estimate", "print calls, tokens and dollars, and run nothing")
    .option("--fresh", "set aside the ledger of earlier calls and start over")
    .option("-o, --out <folder>", "where the ledger of predictions is kept (default: codetracer-bench)")
    .option("--json", "print JSON")
    .option("--markdown <file>", "write the tables as Markdown")
    .option("--html <file>", "write one page with the tables, the curve and a browser of rows")
    .option("-q, --quiet", "no progress on stderr")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((data: string | undefined, flags: BenchFlags) => {
      choose(async (io) => (await import("./commands/bench.ts")).bench(data, flags, io));
    });
}

function addModels(program: Command, choose: (run: Run) => void): void {
  const models = program.command("models").description("look after the models that tracers ask");
  addModelFlags(models.command("check"))
    .description("make one tiny call to a model and print what was understood of it")
    .option("--json", "print JSON")
    .action((flags: ModelFlags & { json?: boolean }) => {
      choose(async (io) => (await import("./commands/models.ts")).modelsCheck(flags, io));
    });
}

function withBatchOptions(command: Command): Command {
  return command
    .option("-o, --out <folder>", "where workspaces are written (default: codetracer-out)")
    .option("--no-out", "write nothing, only print")
    .option("-j, --concurrency <n>", "worker threads for many runs (default: the number of processors)")
    .option("--force", "make workspaces again that are up to date")
    .option("--no-redact", "keep secrets as they stand in the run")
    .option("--json", "print JSON: one object for one run, an array for many")
    .option("-q, --quiet", "no progress on stderr")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output");
}
