import path from "node:path";
import type { RunSummary } from "../../trajectory/index.ts";
import type { Unreadable } from "../facts/index.ts";
import type { PlannedJob } from "./plan.ts";
import type { Workers } from "./pool.ts";
import type { OnProgress } from "./progress.ts";

/** A run whose workspace lies in the fleet. */
export interface ReadRun {
  run_id: string;
  folder: string;
  summary: Extract<RunSummary, { status: "done" | "kept" }>;
}

/** What reading came to. */
export interface ReadResult {
  /** By run id. */
  runs: ReadRun[];
  unreadable: Unreadable[];
  made: number;
  kept: number;
  bytes_read: number;
}

/** Makes the workspaces of all jobs; those that are up to date are kept. `workspaces` is the folder that they lie below. */
export async function readFleetRuns(
  jobs: readonly PlannedJob[],
  workspaces: string,
  workers: Workers,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ReadResult> {
  const result: ReadResult = { runs: [], unreadable: [], made: 0, kept: 0, bytes_read: 0 };
  const bytesTotal = jobs.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  let bytesDone = 0;
  await each(jobs, workers.threads * 2, signal, async ({ job, bytes }) => {
    const summaries = await workers.read(job);
    if (signal.aborted) return;
    take(summaries, workspaces, result);
    const isKept = summaries.length > 0 && summaries.every(({ status }) => status === "kept");
    if (!isKept) result.bytes_read += bytes;
    bytesDone += bytes;
    onProgress({
      phase: "read",
      done: ++done,
      total: jobs.length,
      runs: result.runs.length,
      unreadable: result.unreadable.length,
      bytes_done: bytesDone,
      bytes_total: bytesTotal,
      is_work: !isKept,
    });
  });
  result.runs.sort((a, b) => (a.run_id < b.run_id ? -1 : 1));
  return result;
}

function take(summaries: readonly RunSummary[], workspaces: string, result: ReadResult): void {
  for (const summary of summaries) {
    if (summary.status === "failed") {
      result.unreadable.push({ run: summary.run, code: summary.error.code, message: summary.error.message });
      continue;
    }
    const folder = summary.folder ?? workspaces;
    const runId = path.relative(workspaces, folder).split(path.sep).join("/");
    result.runs.push({ run_id: runId, folder, summary });
    result[summary.status === "done" ? "made" : "kept"]++;
  }
}

/** Does the work for every item, so many at a time, and stops beginning any after `signal`. */
async function each<Item>(
  items: readonly Item[],
  atATime: number,
  signal: AbortSignal,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length && !signal.aborted; at = next++) {
      const item = items[at];
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, atATime) }, lane));
}
