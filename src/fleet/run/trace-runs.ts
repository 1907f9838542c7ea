import { traceFolders } from "../../analyze/index.ts";
import type { ModelTracer } from "../../trace/index.ts";
import type { Profile, RunSummary } from "../../trajectory/index.ts";
import { readWorkspace } from "../../workspace/read.ts";
import type { Unreadable } from "../facts/index.ts";
import type { OnProgress } from "./progress.ts";
import type { ReadRun } from "./read-fleet-runs.ts";

/** Runs that wait for a model at a time: its own limit bounds the calls. */
const RUNS_AT_A_TIME = 16;

/** How a model diagnoses a fleet. */
export interface TraceRequest {
  tracer: ModelTracer;
  profile: Profile;
  force: boolean;
  /** Called once all are through, with the dollars that took; null = not known, as some run was left half diagnosed. */
  onTraced(cost_usd: number | null): void;
}

/** Has a model diagnose the runs, and says which it did not: over its limits, for one. What it did lies in the workspaces. */
export async function traceRuns(
  runs: readonly ReadRun[],
  { tracer, profile, force, onTraced }: TraceRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Unreadable[]> {
  const untraced: Unreadable[] = [];
  let cost: number | null = 0;
  await traceFolders(
    runs.map(({ summary }) => summary),
    tracer,
    {
      force,
      profile,
      signal,
      concurrency: RUNS_AT_A_TIME,
      onProgress: ({ done, total, finished }) => {
        for (const one of finished) {
          if (one.status === "failed")
            untraced.push({ run: one.run, code: one.error.code, message: one.error.message });
          cost = cost === null ? null : plus(cost, costOf(one));
        }
        onProgress({
          phase: "trace",
          done,
          total,
          runs: runs.length,
          unreadable: untraced.length,
          bytes_done: 0,
          bytes_total: 0,
          is_work: finished.some(({ status }) => status !== "kept"),
        });
      },
    },
  );
  onTraced(cost);
  return untraced.sort((a, b) => (a.run < b.run ? -1 : 1));
}

/** What a run's diagnosis took in this call; null = not known. */
function costOf(run: RunSummary): number | null {
  if (run.status === "failed" || run.folder === null) return null;
  return run.status === "kept" ? 0 : (readWorkspace(run.folder).diagnosis?.usage.cost_usd ?? null);
}

function plus(sum: number, cost: number | null): number | null {
  return cost === null ? null : sum + cost;
}
