import path from "node:path";
import { type FoundRun, placeOf } from "../extract/discover.ts";
import { extractRun } from "../extract/extract.ts";
import { readersWith } from "../extract/learned/readers.ts";
import { requireRuns } from "../extract/no-extractor.ts";
import { frameworkOf, rememberDiagnosis } from "../memory/index.ts";
import { openRun } from "../run/open.ts";
import type { Warning } from "../trajectory/trajectory.ts";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { VERSION } from "../util/version.ts";
import { readExtraction, readWorkspace } from "../workspace/read.ts";
import type { TracedWorkspace, Workspace } from "../workspace/workspace.ts";
import { writeWorkspace } from "../workspace/write.ts";
import { buildWorkspace, diagnose } from "./build-workspace.ts";
import { inputDigest } from "./input-digest.ts";

/** One thing to analyse: a path as given, and the folder that its workspaces go to. */
export interface Job {
  /** A run directory, a file of one, or an archive. */
  target: string;
  /** How messages and reports name it. */
  shownAs: string;
  /** Where its workspaces go; a target that holds several runs gets a folder for each below it, but an archive's only run goes to `out` itself. null = not written. */
  out: string | null;
  redact: boolean;
  /** False stops after the index. */
  trace: boolean;
  /** What was left out beside the run, such as links in its folder. Shown with the run. */
  leftOut: readonly Warning[];
  /** True makes every workspace again, even where an up-to-date one lies. */
  force: boolean;
  /** The folder of the memory that each diagnosis is added to; null or absent = none. */
  memory?: string | null;
  /** The folder of learned extractors; null or absent = only the built-in ones read. */
  learned?: string | null;
}

/** What became of one run. */
export type RunResult =
  | { status: "done" | "kept"; run: string; folder: string | null; workspace: Workspace | TracedWorkspace }
  | { status: "failed"; run: string; error: { code: string; message: string } };

/**
 * Opens one target and analyses every run in it. A run that cannot be read gives a `failed` result and the
 * others go on. Throws CodeTracerError where the target itself cannot be opened or holds no run.
 */
export function analyzeTarget(job: Job): Promise<RunResult[]> {
  return analyzeEach(job, (result) => result);
}

/** Like `analyzeTarget`, but keeps only what `visit` makes of each result: a target may hold thousands of runs. */
export async function analyzeEach<T>(job: Job, visit: (result: RunResult, index: number) => T): Promise<T[]> {
  const opened = await openRun(job.target);
  try {
    const { extractors } = readersWith(job.learned ?? null);
    const discovery = requireRuns(opened.files, extractors);
    const [only, ...others] = discovery.runs;
    const isOnly = others.length === 0 && opened.stamp !== null;
    if (others.length === 0)
      for (const problem of [...job.leftOut, ...opened.files.problems]) only?.files.report(problem);
    return discovery.runs.map((found, index) =>
      visit(analyzeFound(found, job, opened.stamp, isOnly ? "" : placeOf(found)), index),
    );
  } finally {
    opened.dispose();
  }
}

function analyzeFound(found: FoundRun, job: Job, stamp: string | null, place: string): RunResult {
  const run = path.join(job.shownAs, place);
  const folder = job.out === null ? null : path.join(job.out, workspaceName(place));
  try {
    const digest = inputDigest(found, stamp);
    const kept = folder === null || job.force ? undefined : upToDate(folder, digest, job);
    if (kept) {
      remember(kept, job);
      return { status: "kept", run, folder, workspace: kept };
    }
    const indexed = buildWorkspace(extractRun(found), { run, inputDigest: digest, redact: job.redact });
    const workspace = job.trace ? diagnose(indexed) : indexed;
    if (folder !== null) writeWorkspace(folder, workspace);
    remember(workspace, job);
    return { status: "done", run, folder, workspace };
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    return { status: "failed", run, error: { code: error.code, message: messageOf(error) } };
  }
}

/** After the workspace is written: a memory that fails loses nothing. */
function remember(workspace: Workspace | TracedWorkspace, { memory = null, trace }: Job): void {
  if (memory === null || !trace || !("diagnosis" in workspace) || !workspace.diagnosis) return;
  const { extraction, diagnosis } = workspace;
  rememberDiagnosis(memory, frameworkOf(extraction), extraction.run, diagnosis);
}

/** The workspace of an earlier call, if the raw files and this version are the same and it holds what is asked for. */
function upToDate(folder: string, digest: string, job: Job): Workspace | TracedWorkspace | undefined {
  const extraction = readExtraction(folder);
  if (extraction?.codetracer_version !== VERSION || extraction.input_digest !== digest) return undefined;
  if ((extraction.redactions !== null) !== job.redact) return undefined;
  try {
    const workspace = readWorkspace(folder);
    return job.trace && workspace.diagnosis?.tracer !== "rules" ? undefined : workspace;
  } catch {
    return undefined;
  }
}

/** A workspace is named like its run, a row's like its line in the folder of its file: no two can be the same. */
function workspaceName(place: string): string {
  return place.replace(/:(\d+)$/, "/$1");
}
