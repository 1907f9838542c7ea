import type { Command } from "commander";
import type { ClustersFlags } from "./commands/clusters.ts";
import type { ExitCode, Io } from "./io.ts";
import { addModelFlags } from "./model-flags.ts";

/** Adds `clusters` to the command of a fleet. */
export function addFleetClusters(fleet: Command, choose: (run: (io: Io) => Promise<ExitCode>) => void): void {
  addModelFlags(
    fleet
      .command("clusters")
      .description("what a fleet's failed runs have in common: clusters, their exemplars, how sure they are")
      .argument("<folder>", "a folder that codetracer fleet wrote"),
  )
    .option(
      "--embeddings <server>",
      "vectors of openai/<model>, or of a compatible server such as http://127.0.0.1:8000/v1#<model> (default: TF-IDF, offline)",
    )
    .option("--names", "let the model name the clusters")
    .option("--seed <n>", "for k-means and the resamples (default: 1)")
    .option("--resamples <n>", "bootstrap resamples for the stability (default: 40)")
    .option("-o, --out <file>", "write what --json prints there too")
    .option("--markdown", "print Markdown")
    .option("--json", "print JSON")
    .option("--color", "colour the output")
    .option("--no-color", "do not colour the output")
    .action((folder: string, flags: ClustersFlags) => {
      choose(async (io) => (await import("./commands/clusters.ts")).clusters(folder, flags, io));
    });
}
