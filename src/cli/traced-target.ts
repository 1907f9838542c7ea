import path from "node:path";
import { analyzeTarget, diagnose } from "../analyze/index.ts";
import { CodeTracerError } from "../util/errors.ts";
import { isWorkspace, readWorkspace } from "../workspace/read.ts";
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
 * The diagnosed run that a command was pointed at: a workspace, diagnosed by rules where nobody did yet, or a raw run directory,
 * file or archive that holds one run. Throws CodeTracerError `bad_argument` where it holds more and `unreadable` where it cannot be read.
 */
export async function tracedTarget(target: string, io: Io): Promise<TracedTarget> {
  const folder = path.resolve(io.cwd, target);
  if (isWorkspace(folder)) return { folder, workspace: diagnosed(readWorkspace(folder)) };
  const [first, ...others] = await analyzeTarget({
    target: folder,
    shownAs: target,
    out: null,
    redact: true,
    trace: true,
    leftOut: [],
    force: false,
    learned: learnedStore(io),
  });
  if (first === undefined || others.length > 0)
    throw new CodeTracerError("bad_argument", severalRuns(target, [first, ...others]));
  if (first.status === "failed") throw new CodeTracerError("unreadable", first.error.message);
  return { folder: null, workspace: diagnosed(first.workspace) };
}

function diagnosed(workspace: ReturnType<typeof readWorkspace>): TracedWorkspace {
  const { diagnosis, labels } = workspace;
  return diagnosis && labels ? { ...workspace, diagnosis, labels } : diagnose(workspace);
}

function severalRuns(target: string, runs: readonly ({ run: string } | undefined)[]): string {
  const names = runs.flatMap((run) => (run ? [run.run] : []));
  const more = names.length > SHOWN_RUNS ? `\n  and ${names.length - SHOWN_RUNS} more` : "";
  return `${target} holds ${names.length} runs, and this command takes one; name one of them:\n${names
    .slice(0, SHOWN_RUNS)
    .map((name) => `  ${name}`)
    .join("\n")}${more}`;
}
