import { Tinypool } from "tinypool";
import type { IndexedStep, RunSummary } from "../trajectory/index.ts";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { removeTemporaryFolders, shareTemporaryFolders } from "../util/temporary-folder.ts";
import { analyzeEach, type Job, type RunResult } from "./analyze-run.ts";

/** Called after each finished job. */
export type OnProgress = (progress: { done: number; total: number; finished: readonly RunSummary[] }) => void;

export interface BatchOptions {
  /** Worker threads; 1 stays in this thread. */
  concurrency: number;
  onProgress: OnProgress;
  signal?: AbortSignal;
}

/**
 * Analyses many jobs in worker threads. One that fails does not stop the others, and finished workspaces lie on
 * disk at once, so that a killed batch goes on where it was. Results are in the order of the jobs.
 */
export async function analyzeBatch(jobs: readonly Job[], options: BatchOptions): Promise<RunSummary[]> {
  const results: RunSummary[][] = jobs.map(() => []);
  let done = 0;
  const finish = (index: number, finished: RunSummary[]): void => {
    results[index] = finished;
    done++;
    options.onProgress({ done, total: jobs.length, finished });
  };
  const threads = Math.min(options.concurrency, jobs.length);
  if (threads <= 1) {
    for (const [index, job] of jobs.entries()) {
      if (options.signal?.aborted) break;
      finish(index, await summarizeJob(job));
    }
    return results.flat();
  }
  shareTemporaryFolders();
  const pool = new Tinypool({
    filename: workerFile(),
    runtime: "worker_threads",
    minThreads: 1,
    maxThreads: threads,
  });
  const stop = (): void => void pool.destroy();
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    await Promise.all(
      jobs.map(async (job, index) => {
        if (!options.signal?.aborted) finish(index, await runInPool(pool, job, options.signal));
      }),
    );
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await pool.destroy();
    removeTemporaryFolders();
  }
  return results.flat();
}

async function runInPool(pool: Tinypool, job: Job, signal: AbortSignal | undefined): Promise<RunSummary[]> {
  try {
    return (await pool.run(job)) as RunSummary[];
  } catch (error) {
    if (signal?.aborted) return [];
    // A worker that dies, of memory for one, takes its own run with it and no other.
    const message = `${job.shownAs}: the worker stopped (${error instanceof Error ? error.name : "unknown error"}); try this run alone with a larger --max-old-space-size`;
    return [{ status: "failed", run: job.shownAs, error: { code: "unreadable", message } }];
  }
}

/** Runs one job and keeps what a table or a script needs of it. Never throws for broken input. */
export async function summarizeJob(job: Job): Promise<RunSummary[]> {
  try {
    return await analyzeEach(job, summarize);
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    return [{ status: "failed", run: job.shownAs, error: { code: error.code, message: messageOf(error) } }];
  }
}

/** The short form of one result. */
export function summarize(result: RunResult): RunSummary {
  if (result.status === "failed") return result;
  const { status, run, folder, workspace } = result;
  const { extraction, steps } = workspace;
  const diagnosis = "diagnosis" in workspace ? workspace.diagnosis : undefined;
  const count = (label: string): number =>
    diagnosis?.labels.filter((entry) => entry.label === label).length ?? 0;
  return {
    status,
    run,
    folder,
    extractor: extraction.extractor.id,
    agent: extraction.agent.name,
    step_count: extraction.step_count,
    resolved: extraction.outcome.resolved,
    infrastructure_failure: extraction.outcome.infrastructure_failure?.reason ?? null,
    verdict: diagnosis?.verdict ?? null,
    onset_step_id: diagnosis?.onset_step_id ?? null,
    incorrect_count: count("incorrect"),
    unuseful_count: count("unuseful"),
    failed_step_count: steps.filter((step: IndexedStep) => step.failed).length,
    empty_reason: extraction.empty_reason,
    fidelity_passed: extraction.fidelity.passed,
    warning_count: extraction.warnings.length,
  };
}

/** The built worker. Worker threads cannot load TypeScript, so from source the built twin is used. */
function workerFile(): string {
  const here = import.meta.url;
  const built = here.endsWith(".ts")
    ? here.replace(/\/src\/analyze\/[^/]+$/, "/dist/src/analyze/worker.js")
    : new URL("./worker.js", here).href;
  return built;
}
