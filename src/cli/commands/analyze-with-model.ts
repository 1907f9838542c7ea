import { type TraceOptions, traceFolder, traceFolders, traceInputOf } from "../../analyze/index.ts";
import type { ModelTracer } from "../../trace/index.ts";
import type { RunSummary } from "../../trajectory/index.ts";
import { removeTemporaryFolder, temporaryFolder } from "../../util/temporary-folder.ts";
import { readWorkspace } from "../../workspace/read.ts";
import type { ExitCode, Io } from "../io.ts";
import { learnedStore } from "../learned-store.ts";
import { Progress } from "../progress.ts";
import { modelTracers } from "../tracer-flags.ts";
import { type AnalyzeFlags, interrupted, jobsOf, outOf, runBatch } from "./analyze.ts";
import { printOne, printTable } from "./results.ts";

/**
 * `codetracer analyze` with a tracer that asks a model: all runs are extracted first, then each workspace is traced where it lies, so that a killed call
 * pays for nothing twice.
 */
export async function analyzeWithModel(
  name: ModelTracer["name"],
  targets: readonly string[],
  flags: AnalyzeFlags,
  io: Io,
): Promise<ExitCode> {
  const tracer = (await modelTracers(flags, io))(name);
  const out = outOf(targets, flags, io);
  const folder = out ?? temporaryFolder();
  try {
    return await work(tracer, targets, { flags, folder, isKept: out !== null, io });
  } finally {
    if (out === null) removeTemporaryFolder(folder);
  }
}

interface Place {
  flags: AnalyzeFlags;
  folder: string;
  /** False = the folder goes when the command ends. */
  isKept: boolean;
  io: Io;
}

async function work(
  tracer: ModelTracer,
  targets: readonly string[],
  { flags, folder, isKept, io }: Place,
): Promise<ExitCode> {
  const jobs = jobsOf(targets, flags, { out: folder, trace: false, learned: learnedStore(io) });
  const extracted = await runBatch(jobs, flags, io);
  if (io.signal.aborted) return interrupted(0, extracted.length, io);
  if (flags.estimate) return estimate(extracted, tracer, flags, io);
  const options = { force: flags.force === true, profile: flags.profile ?? "codetracebench" } as const;
  const [only] = extracted;
  if (only && extracted.length === 1) return await one(only, tracer, options, { flags, folder, isKept, io });
  const traced = await traceAll(extracted, tracer, options, flags, io);
  if (io.signal.aborted) return interrupted(traced.length, extracted.length, io);
  const shown = isKept ? traced : traced.map(withoutFolder);
  return printTable(shown, flags, isKept ? folder : null, io);
}

/** Says what would be asked: runs whose diagnosis is there already take nothing. */
function estimate(
  extracted: readonly RunSummary[],
  tracer: ModelTracer,
  flags: AnalyzeFlags,
  io: Io,
): ExitCode {
  const wanted = extracted
    .flatMap((run) => (run.status === "failed" || run.folder === null ? [] : [readWorkspace(run.folder)]))
    .filter(({ diagnosis }) => flags.force || !diagnosis || !tracer.gave(diagnosis))
    .map((workspace) => tracer.estimate(traceInputOf(workspace)));
  const sum = (of: (usage: (typeof wanted)[number]) => number): number =>
    wanted.reduce((total, usage) => total + of(usage), 0);
  const total = {
    runs: wanted.length,
    calls: sum((usage) => usage.calls),
    input_tokens: sum((usage) => usage.input_tokens),
    output_tokens: sum((usage) => usage.output_tokens),
    cost_usd: wanted.some((usage) => usage.cost_usd === null) ? null : sum((usage) => usage.cost_usd ?? 0),
  };
  const price = total.cost_usd === null ? "price unknown" : `$${total.cost_usd.toFixed(2)}`;
  io.stdout.write(
    flags.json
      ? `${JSON.stringify(total, null, 2)}\n`
      : `${tracer.name}: ${total.runs} runs to trace, about ${total.calls} calls, ${total.input_tokens} input and ${total.output_tokens} output tokens, ${price}\n`,
  );
  return 0;
}

async function one(
  summary: RunSummary,
  tracer: ModelTracer,
  options: TraceOptions,
  { flags, isKept, io }: Place,
): Promise<ExitCode> {
  if (summary.status === "failed" || summary.folder === null) return printOne(resultOf(summary), flags, io);
  const { run, folder } = summary;
  const traced = await traceFolder(folder, tracer, options);
  return printOne({ ...traced, run, folder: isKept ? folder : null }, flags, io);
}

function resultOf(summary: RunSummary) {
  if (summary.status === "failed") return summary;
  throw new Error("a run that was extracted has a workspace");
}

async function traceAll(
  extracted: readonly RunSummary[],
  tracer: ModelTracer,
  options: TraceOptions,
  flags: AnalyzeFlags,
  io: Io,
): Promise<RunSummary[]> {
  const progress = new Progress(io);
  let failed = 0;
  const traced = await traceFolders(extracted, tracer, {
    ...options,
    // Waiting for a model takes no processor: the model's own limit bounds the calls.
    concurrency: RUNS_AT_A_TIME,
    signal: io.signal,
    onProgress: ({ done, total, finished }) => {
      failed += finished.filter((summary) => summary.status === "failed").length;
      if (!flags.quiet) progress.update(done, total, failed);
    },
  });
  progress.end();
  return traced;
}

const RUNS_AT_A_TIME = 16;

function withoutFolder(summary: RunSummary): RunSummary {
  return summary.status === "failed" ? summary : { ...summary, folder: null };
}
