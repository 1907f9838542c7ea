import { Tinypool } from "tinypool";
import type { Job } from "../../analyze/index.ts";
import type { RunSummary } from "../../trajectory/index.ts";
import { removeTemporaryFolders, shareTemporaryFolders } from "../../util/temporary-folder.ts";
import { type Finished, finishRun, readRuns, type Task } from "./tasks.ts";

/** Does the tasks of a fleet, in worker threads or, with one thread, in this one. */
export interface Workers {
  read(job: Job): Promise<RunSummary[]>;
  finish(task: Omit<Extract<Task, { do: "finish" }>, "do">): Promise<Finished>;
  /** How many tasks make sense at a time. */
  threads: number;
  close(): Promise<void>;
}

/** Opens the workers. After `signal` is aborted their answers are empty. They must be closed. */
export function openWorkers(threads: number, signal: AbortSignal): Workers {
  if (threads <= 1) {
    return {
      read: readRuns,
      finish: async (task) => finishRun({ do: "finish", ...task }),
      threads: 1,
      close: async () => {},
    };
  }
  shareTemporaryFolders();
  const pool = new Tinypool({
    filename: workerFile(),
    runtime: "worker_threads",
    minThreads: 1,
    maxThreads: threads,
  });
  const stop = (): void => void pool.destroy();
  signal.addEventListener("abort", stop, { once: true });
  const run = async <T>(task: Task, otherwise: (error: unknown) => T): Promise<T> => {
    try {
      return (await pool.run(task)) as T;
    } catch (error) {
      return otherwise(error);
    }
  };
  return {
    // A worker that dies, of memory for one, takes its own run with it and no other.
    read: (job) =>
      run<RunSummary[]>({ do: "read", job }, (error) =>
        signal.aborted ? [] : [{ status: "failed", run: job.shownAs, error: stopped(job.shownAs, error) }],
      ),
    finish: (task) =>
      run<Finished>({ do: "finish", ...task }, (error) => ({
        run: task.run_id,
        ...stopped(task.run_id, error),
      })),
    threads,
    close: async () => {
      signal.removeEventListener("abort", stop);
      await pool.destroy();
      removeTemporaryFolders();
    },
  };
}

function stopped(run: string, error: unknown): { code: string; message: string } {
  const name = error instanceof Error ? error.name : "unknown error";
  return {
    code: "unreadable",
    message: `${run}: the worker stopped (${name}); try this run alone with a larger --max-old-space-size`,
  };
}

/**
 * Does a task for each item, some at a time, and hands out the results in the order of the items. At most `ahead` results
 * wait for an earlier one: what they take of memory is bounded.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const waiting: Promise<Result>[] = [];
  let next = 0;
  while (waiting.length > 0 || next < items.length) {
    for (; waiting.length < ahead && next < items.length; next++) {
      const item = items[next];
      if (item !== undefined) waiting.push(work(item));
    }
    const first = waiting.shift();
    if (first) yield await first;
  }
}

/** The built worker. Worker threads cannot load TypeScript, so from source the built twin is used. */
function workerFile(): string {
  const here = import.meta.url;
  return here.endsWith(".ts")
    ? here.replace(/\/src\/fleet\/run\/[^/]+$/, "/dist/src/fleet/run/worker.js")
    : new URL("./worker.js", here).href;
}
