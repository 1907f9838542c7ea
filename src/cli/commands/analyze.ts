import os from "node:os";
import path from "node:path";
import {
  analyzeBatch,
  analyzeEach,
  type Job,
  planJobs,
  type RunResult,
  summarize,
} from "../../analyze/index.ts";
import type { ExitCode, Io } from "../io.ts";
import { learnedStore } from "../learned-store.ts";
import { memoryOf } from "../memory-flag.ts";
import { wholeNumber } from "../numbers.ts";
import { Progress } from "../progress.ts";
import { modelTracerName, type TracerFlags } from "../tracer-flags.ts";
import { outFolder } from "./out-folder.ts";
import { printOne, printTable, type ResultFlags } from "./results.ts";

/** Flags of `analyze` and `extract`. */
export interface AnalyzeFlags extends TracerFlags, ResultFlags {
  out?: string | boolean;
  concurrency?: string;
  force?: boolean;
  redact?: boolean;
  quiet?: boolean;
}

/** `codetracer analyze`: the report for one run, a table for many. */
export async function analyze(targets: readonly string[], flags: AnalyzeFlags, io: Io): Promise<ExitCode> {
  const tracer = modelTracerName(flags, io);
  if (tracer === null) return await work(targets, flags, true, io);
  const { analyzeWithModel } = await import("./analyze-with-model.ts");
  return await analyzeWithModel(tracer, targets, flags, io);
}

/** `codetracer extract`: workspaces without a diagnosis. */
export function extract(targets: readonly string[], flags: AnalyzeFlags, io: Io): Promise<ExitCode> {
  return work(targets, flags, false, io);
}

async function work(
  targets: readonly string[],
  flags: AnalyzeFlags,
  trace: boolean,
  io: Io,
): Promise<ExitCode> {
  const out = outOf(targets, flags, io);
  const jobs = jobsOf(targets, flags, { out, trace, learned: learnedStore(io), memory: memoryOf(flags, io) });
  const [only] = jobs;
  if (jobs.length === 1 && only) {
    let first: RunResult | undefined;
    const summaries = await analyzeEach(only, (result, index) => {
      if (index === 0) first = result;
      return summarize(result);
    });
    return first && summaries.length === 1
      ? printOne(first, flags, io)
      : printTable(summaries, flags, out, io);
  }
  const summaries = await runBatch(jobs, flags, io);
  if (io.signal.aborted) return interrupted(summaries.length, jobs.length, io);
  return printTable(summaries, flags, out, io);
}

/** Where workspaces go; null = nowhere. */
export function outOf(targets: readonly string[], flags: AnalyzeFlags, io: Io): string | null {
  const requested = typeof flags.out === "string" ? flags.out : flags.out === false ? false : undefined;
  const absolute = targets.map((target) => path.resolve(io.cwd, target));
  return outFolder(requested, absolute, io);
}

/** What is to be done for these targets. */
export function jobsOf(
  targets: readonly string[],
  flags: AnalyzeFlags,
  {
    out,
    trace,
    learned,
    memory = null,
  }: { out: string | null; trace: boolean; learned: string; memory?: string | null },
): Job[] {
  return planJobs(targets, out, {
    redact: flags.redact !== false,
    trace,
    force: flags.force === true,
    memory,
    learned,
  });
}

/** Analyses many jobs in worker threads, with progress on stderr. */
export async function runBatch(jobs: readonly Job[], flags: AnalyzeFlags, io: Io) {
  const progress = new Progress(io);
  let failed = 0;
  const summaries = await analyzeBatch(jobs, {
    concurrency: concurrencyOf(flags),
    signal: io.signal,
    onProgress: ({ done, total, finished }) => {
      failed += finished.filter((summary) => summary.status === "failed").length;
      if (!flags.quiet) progress.update(done, total, failed);
    },
  });
  progress.end();
  return summaries;
}

/** Says how far an interrupted batch came. */
export function interrupted(done: number, total: number, io: Io): ExitCode {
  io.stderr.write(`interrupted after ${done} of ${total} runs; the same command goes on from there\n`);
  return 130;
}

function concurrencyOf(flags: AnalyzeFlags): number {
  if (flags.concurrency === undefined) return Math.max(1, os.availableParallelism());
  return wholeNumber("--concurrency", flags.concurrency, { most: 256 });
}
