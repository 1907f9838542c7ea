import { analyzeEach, diagnose, type Job, summarize } from "../../analyze/index.ts";
import type { BehaviourFlag, RunFacts, RunSummary } from "../../trajectory/index.ts";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import { readWorkspace } from "../../workspace/read.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { writeDiagnosis } from "../../workspace/write.ts";
import { factsDigest, factsOf, readFactsFile, type Unreadable, writeFactsFile } from "../facts/index.ts";
import { type RunRows, rowsOfRun } from "../tables/index.ts";

/** What a worker is told to do. */
export type Task =
  | { do: "read"; job: Job }
  | { do: "finish"; folder: string; run_id: string; judged: readonly BehaviourFlag[]; force: boolean };

/** What came of a run: its facts and its rows of every table, or why there are none. */
export type Finished = { facts: RunFacts; rows: RunRows } | Unreadable;

/** Opens one target and makes the workspaces of its runs. Never throws for broken input. */
export async function readRuns(job: Job): Promise<RunSummary[]> {
  try {
    return await analyzeEach(job, summarize);
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    return [{ status: "failed", run: job.shownAs, error: { code: error.code, message: messageOf(error) } }];
  }
}

/**
 * Makes a workspace's facts, or keeps those that are up to date, and what its run adds to the tables. A workspace that
 * nobody diagnosed is diagnosed by rules. Never throws for a broken workspace.
 */
export function finishRun({ folder, run_id, judged, force }: Extract<Task, { do: "finish" }>): Finished {
  try {
    const workspace = tracedWorkspace(folder);
    const digest = factsDigest(folder, judged);
    const known = force ? undefined : readFactsFile(folder);
    const isFresh = known?.facts_digest === digest && known.run_id === run_id;
    const facts = isFresh ? known : factsOf(workspace, run_id, { digest, judged });
    if (!isFresh) writeFactsFile(folder, facts);
    return { facts, rows: rowsOfRun(workspace, facts) };
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    return { run: run_id, code: error.code, message: messageOf(error) };
  }
}

function tracedWorkspace(folder: string): TracedWorkspace {
  const { diagnosis, labels, ...workspace } = readWorkspace(folder);
  if (diagnosis && labels) return { ...workspace, diagnosis, labels };
  const traced = diagnose(workspace);
  writeDiagnosis(folder, traced.diagnosis, traced.labels);
  return traced;
}
