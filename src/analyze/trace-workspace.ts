import path from "node:path";
import { type ModelTracer, toLabelsFile } from "../trace/index.ts";
import type { Profile, RunSummary } from "../trajectory/index.ts";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { readWorkspace } from "../workspace/read.ts";
import { type TracedWorkspace, WORKSPACE_FILES, type Workspace } from "../workspace/workspace.ts";
import { writeDiagnosis } from "../workspace/write.ts";
import { summarize } from "./batch.ts";
import { traceInputOf } from "./build-workspace.ts";

export interface TraceOptions {
  /** True asks the model again, even where its diagnosis lies in the workspace. */
  force: boolean;
  /** Which labels stand in `labels.json`. */
  profile: Profile;
}

/**
 * Diagnoses a workspace folder with a model and writes the result there. What the model was asked and said goes to `tracer.jsonl` as it happens: after
 * a kill the same call goes on from there. Throws CodeTracerError where the workspace or the model is of no use.
 */
export async function traceFolder(
  folder: string,
  tracer: ModelTracer,
  options: TraceOptions,
): Promise<{ status: "done" | "kept"; workspace: TracedWorkspace }> {
  const workspace = readWorkspace(folder);
  const { diagnosis: earlier } = workspace;
  if (earlier && tracer.gave(earlier) && !options.force) {
    return {
      status: "kept",
      workspace: { ...workspace, diagnosis: earlier, labels: workspace.labels ?? [] },
    };
  }
  requireRedacted(workspace, folder);
  const journal = { file: path.join(folder, WORKSPACE_FILES.journal), fresh: options.force };
  const diagnosis = await tracer.trace(traceInputOf(workspace), journal);
  const labels = toLabelsFile(diagnosis, workspace.stages, options.profile);
  writeDiagnosis(folder, diagnosis, labels);
  return { status: "done", workspace: { ...workspace, diagnosis, labels } };
}

/** Diagnoses the runs of a batch that were extracted, some at a time. One that fails does not stop the others. Results in the order of the runs. */
export async function traceFolders(
  extracted: readonly RunSummary[],
  tracer: ModelTracer,
  options: TraceOptions & {
    concurrency: number;
    signal: AbortSignal;
    onProgress(progress: { done: number; total: number; finished: readonly RunSummary[] }): void;
  },
): Promise<RunSummary[]> {
  const results: RunSummary[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < extracted.length && !options.signal.aborted; at = next++) {
      const summary = extracted[at];
      if (!summary) return;
      const traced = await traceOne(summary, tracer, options);
      // An interrupted run is neither done nor failed.
      if (options.signal.aborted) return;
      results[at] = traced;
      options.onProgress({ done: ++done, total: extracted.length, finished: [traced] });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.concurrency) }, work));
  return results.filter((result) => result !== undefined);
}

async function traceOne(
  summary: RunSummary,
  tracer: ModelTracer,
  options: TraceOptions,
): Promise<RunSummary> {
  if (summary.status === "failed" || summary.folder === null) return summary;
  const { run, folder } = summary;
  try {
    const traced = await traceFolder(folder, tracer, options);
    return summarize({ ...traced, run, folder });
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    return { status: "failed", run, error: { code: error.code, message: messageOf(error) } };
  }
}

function requireRedacted({ extraction }: Workspace, folder: string): void {
  if (extraction.redactions !== null) return;
  throw new CodeTracerError(
    "bad_workspace",
    `${folder} was made with --no-redact: its secrets would be sent to the model; make it again without that flag`,
  );
}
