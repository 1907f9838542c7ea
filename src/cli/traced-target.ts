import path from "node:path";
import { analyzeTarget, diagnose, planJobs } from "../analyze/index.ts";
import { CodeTracerError } from "../util/errors.ts";
import { isWorkspace, readWorkspace, workspacesBelow } from "../workspace/read.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import type { Io } from "./io.ts";
import { learnedStore } from "./learned-store.ts";

/** A diagnosed run: `folder` is the workspace it was read from; null = made from the raw run just now and not written. */
export interface TracedTarget {
  folder: string | null;
  workspace: TracedWorkspace;
}

const SHOWN_RUNS = 5;

/**
 * The diagnosed run that a command was pointed at: a workspace, or the only one below a folder, diagnosed by rules where nobody did yet; or a raw run
 * directory, file or archive that holds one run. Throws CodeTracerError `bad_argument` where it holds more and `unreadable` where it cannot be read.
 */
export async function tracedTarget(target: string, io: Io): Promise<TracedTarget> {
  const place = path.resolve(io.cwd, target);
  const [folder, ...more] = isWorkspace(place) ? [place] : workspacesBelow(place);
  if (folder !== undefined) {
    requireOne(target, place, [folder, ...more]);
    return { folder, workspace: diagnosed(readWorkspace(folder)) };
  }
  const learned = learnedStore(io);
  const jobs = planJobs([place], null, { redact: true, trace: true, force: false, learned });
  requireOne(
    target,
    place,
    jobs.map((job) => job.target),
  );
  const results = (await Promise.all(jobs.map((job) => analyzeTarget({ ...job, shownAs: target })))).flat();
  requireOne(
    target,
    place,
    results.map((result) => path.resolve(io.cwd, result.run)),
  );
  const [result] = results;
  if (result === undefined || result.status === "failed")
    throw new CodeTracerError("unreadable", result?.error.message ?? `${target} holds no run`);
  return { folder: null, workspace: diagnosed(result.workspace) };
}

function diagnosed(workspace: ReturnType<typeof readWorkspace>): TracedWorkspace {
  const { diagnosis, labels } = workspace;
  return diagnosis && labels ? { ...workspace, diagnosis, labels } : diagnose(workspace);
}

/** Throws where there are several runs, naming the first as the user can type them. */
function requireOne(target: string, place: string, found: readonly string[]): void {
  if (found.length <= 1) return;
  const names = found.slice(0, SHOWN_RUNS).map((one) => `  ${path.join(target, path.relative(place, one))}`);
  const more = found.length > SHOWN_RUNS ? [`  and ${found.length - SHOWN_RUNS} more`] : [];
  throw new CodeTracerError(
    "bad_argument",
    [
      `${target} holds ${found.length} runs, and this command takes one; name one of them:`,
      ...names,
      ...more,
    ].join("\n"),
  );
}
