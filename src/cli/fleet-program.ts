import { type Command, Option } from "commander";
import { addJudgeFlags } from "./behaviours-program.ts";
import { addFleetClusters } from "./clusters-program.ts";
import type { FleetFlags } from "./commands/fleet.ts";
import type { QueryFlags } from "./commands/fleet-query.ts";
import type { FleetShowFlags } from "./commands/fleet-show.ts";
import { addFleetCompare } from "./fleet-compare-program.ts";
import type { ExitCode, Io } from "./io.ts";
import { addTracerFlags } from "./tracer-flags.ts";

type Choose = (run: (io: Io) => Promise<ExitCode>) => void;

/** Adds `fleet` and what is done with a finished one. */
export function addFleet(program: Command, choose: Choose): void {
  // A flag after the name of a sub-command is that one's, also where the command above has one of that name.
  program.enablePositionalOptions();
  const fleet = addJudgeFlags(addTracerFlags(program.command("fleet")))
    .enablePositionalOptions()
    .description(
      "read, diagnose and compare many runs at once: behaviours, failures, scores, and tables to query",
    )
    .argument(
      "<runs...>",
      "directories, files, archives, or lists of them: a path a line, CSV, TSV or JSON Lines",
    )
    .option("-o, --out <folder>", "where the fleet is written (default: codetracer-fleet)")
    .option("-j, --concurrency <n>", "worker threads (default: the number of processors)")
    .option("--force", "make again what is up to date")
    .option("--no-redact", "keep secrets as they stand in the runs")
    .option("--no-judge", "let the rules alone judge how runs behave, also where a model is named")
    .option("--estimate", "print about what calls, tokens and dollars a model would take, and ask nothing")
    .option("--json", "print JSON")
    .option("-q, --quiet", "no progress on stderr")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((runs: string[], flags: FleetFlags) => {
      choose(async (io) => (await import("./commands/fleet.ts")).fleet(runs, flags, io));
    });
  addShow(fleet, choose);
  addFleetClusters(fleet, choose);
  addFleetCompare(fleet, choose);
  addQuery(fleet, choose);
  addTables(fleet, choose);
}

function addShow(fleet: Command, choose: Choose): void {
  fleet
    .command("show")
    .description("print a finished fleet again: what was read, how runs behave, why they fail")
    .argument("<folder>", "a folder that codetracer fleet wrote")
    .addOption(
      new Option("--by <what>", "behaviours of all runs together, of each agent, or of each model")
        .choices(["all", "agent", "model"])
        .default("all"),
    )
    .option("--json", "print JSON")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((folder: string, flags: FleetShowFlags) => {
      choose(async (io) => (await import("./commands/fleet-show.ts")).fleetShow(folder, flags, io));
    });
}

function addQuery(fleet: Command, choose: Choose): void {
  fleet
    .command("query")
    .description("ask a fleet's tables in SQL (DuckDB); nothing but them can be read, and nothing written")
    .argument("<folder>", "a folder that codetracer fleet wrote")
    .argument("<sql>", 'such as "select agent, avg(score) from runs group by agent"')
    .option("--json", "print an array of JSON objects, exact")
    .option("--csv", "print CSV that spreadsheets open without harm")
    .option("--rows <n>", "rows of a printed table at most", "200")
    .option("--max-seconds <n>", "end a query that takes longer", "60")
    .option("--max-memory <megabytes>", "memory that it may take", "1024")
    .action((folder: string, sql: string, flags: QueryFlags) => {
      choose(async (io) => (await import("./commands/fleet-query.ts")).fleetQuery(folder, sql, flags, io));
    });
}

function addTables(fleet: Command, choose: Choose): void {
  fleet
    .command("tables")
    .description("list the tables of a fleet, their columns and what they hold")
    .argument("[folder]", "a folder that codetracer fleet wrote: then with their rows counted")
    .option("--markdown", "print Markdown")
    .option("--json", "print JSON")
    .action((folder: string | undefined, flags: { markdown?: boolean; json?: boolean }) => {
      choose(async (io) => (await import("./commands/fleet-tables.ts")).fleetTables(folder, flags, io));
    });
}
