import fs from "node:fs";
import path from "node:path";
import { analyzeEach, diagnose, type RunResult } from "../analyze/index.ts";
import type { ExportRun } from "../export/index.ts";
import { FLEET_PLACES, readFactsFile, readFleet, workspaceOf } from "../fleet/facts/index.ts";
import { CodeTracerError } from "../util/errors.ts";
import { isWorkspace, readWorkspace, workspacesBelow } from "../workspace/read.ts";
import type { TracedWorkspace, Workspace } from "../workspace/workspace.ts";
import type { Io } from "./io.ts";
import { learnedStore } from "./learned-store.ts";

/** A run that could not be exported, and why. */
export interface NotExported {
  run: string;
  message: string;
}

/**
 * Gives each run below a target to `take`, one at a time: the runs of a fleet, a workspace or those below a folder, or the runs of a raw
 * run directory, file or archive, which are read and diagnosed by rules. Returns the runs that could not be read.
 * Throws CodeTracerError where there is nothing to export.
 */
export async function eachRun(
  target: string,
  io: Io,
  take: (run: ExportRun) => void,
): Promise<NotExported[]> {
  const folder = path.resolve(io.cwd, target);
  const places = placesOf(folder);
  if (places === null) return await readRaw(target, folder, io, take);
  const failed: NotExported[] = [];
  for (const { run_id, place } of places) {
    if (io.signal.aborted) break;
    try {
      take({ run_id, workspace: diagnosed(readWorkspace(place)), facts: readFactsFile(place) ?? null });
    } catch (error) {
      if (!(error instanceof CodeTracerError)) throw error;
      failed.push({ run: place, message: error.message });
    }
  }
  return failed;
}

/** Whether a target is a raw run, below which nothing may be written. */
export function isRaw(folder: string): boolean {
  return placesOf(folder) === null;
}

interface Place {
  run_id: string;
  place: string;
}

/** The workspaces of a target; null = it holds none. */
function placesOf(folder: string): Place[] | null {
  if (isWorkspace(folder)) return [{ run_id: path.basename(folder), place: folder }];
  if (fs.existsSync(path.join(folder, FLEET_PLACES.fleet)))
    return readFleet(folder).run_ids.map((run_id) => ({ run_id, place: workspaceOf(folder, run_id) }));
  const below = workspacesBelow(folder);
  if (below.length === 0) return null;
  return below.map((place) => ({ run_id: path.relative(folder, place).split(path.sep).join("/"), place }));
}

async function readRaw(
  target: string,
  folder: string,
  io: Io,
  take: (run: ExportRun) => void,
): Promise<NotExported[]> {
  const job = {
    target: folder,
    shownAs: target,
    out: null,
    redact: true,
    trace: true,
    leftOut: [],
    force: false,
  };
  const failed: NotExported[] = [];
  await analyzeEach({ ...job, learned: learnedStore(io) }, (result: RunResult) => {
    if (result.status === "failed") failed.push({ run: result.run, message: result.error.message });
    else {
      const run_id = path.join(path.basename(folder), path.relative(target, result.run));
      take({ run_id, workspace: diagnosed(result.workspace), facts: null });
    }
  });
  return failed;
}

function diagnosed(workspace: Workspace & Partial<TracedWorkspace>): TracedWorkspace {
  const { diagnosis, labels } = workspace;
  return diagnosis && labels ? { ...workspace, diagnosis, labels } : diagnose(workspace);
}
