import type { Command } from "commander";
import type { PrintFlags } from "./commands/extractors.ts";
import type { ExitCode, Io } from "./io.ts";
import { addLearnFlags, type LearnFlags } from "./learn-flags.ts";

type Run = (io: Io) => Promise<ExitCode>;

const commands = () => import("./commands/extractors.ts");

/** Adds `extractors` and its commands. */
export function addExtractors(program: Command, choose: (run: Run) => void): void {
  const extractors = program
    .command("extractors")
    .description("look after the readers of raw formats, built-in and learned");
  const printing = (name: string, about: string): Command =>
    extractors.command(name).description(about).option("--json", "print JSON");
  printing("list", "list the extractors, and what learned ones cost").action((flags: PrintFlags) => {
    choose(async (io) => (await commands()).listExtractors(flags, io));
  });
  printing("show", "print a learned extractor: evidence, note and code")
    .argument("<id>", "as list names it")
    .action((id: string, flags: PrintFlags) => {
      choose(async (io) => (await commands()).showExtractor(id, flags, io));
    });
  printing("test", "read its kept samples, and further runs, with a learned extractor alone")
    .argument("<id>", "as list names it")
    .argument("[runs...]", "as for analyze")
    .action((id: string, runs: string[], flags: PrintFlags) => {
      choose(async (io) => (await commands()).testExtractor(id, runs, flags, io));
    });
  addLearnFlags(extractors.command("learn"))
    .description("have a model write a reader for a run that nothing reads well, check it, and keep it")
    .argument("<run>", "a run directory, a file, or an archive")
    .action((run: string, flags: LearnFlags) => {
      choose(async (io) => (await import("./commands/learn.ts")).learnExtractor(run, flags, io));
    });
  extractors
    .command("promote")
    .description("write a learned extractor as a folder for extractors/, ready to be reviewed")
    .argument("<id>", "as list names it")
    .option("-o, --out <folder>", "where the folder is made", "extractors")
    .action((id: string, flags: { out: string }) => {
      choose(async (io) => (await commands()).promote(id, flags, io));
    });
  extractors
    .command("rollback")
    .description("go back to an earlier version of a learned extractor; newer ones are kept")
    .argument("<id>", "as list names it")
    .argument("[version]", "its number (default: the one before)")
    .action((id: string, version: string | undefined) => {
      choose(async (io) => (await commands()).rollback(id, version, io));
    });
  extractors
    .command("forget")
    .description("remove a learned extractor with all its versions and samples")
    .argument("<id>", "as list names it")
    .action((id: string) => {
      choose(async (io) => (await commands()).forget(id, io));
    });
}
