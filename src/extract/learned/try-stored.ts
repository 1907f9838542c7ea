import path from "node:path";
import type { DiskRun } from "../../run/disk-run.ts";
import { openRun } from "../../run/open.ts";
import type { Fidelity } from "../../trajectory/extraction.ts";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import { discoverRuns, placeOf } from "../discover.ts";
import { extractRun } from "../extract.ts";
import { learnedExtractor } from "./learned-extractor.ts";
import { STORE_FILES, type StoredExtractor } from "./read-store.ts";
import { openSample } from "./samples.ts";

/** How a learned extractor did on one run. */
export type TriedRun =
  | { run: string; status: "read"; step_count: number; fidelity: Fidelity }
  | { run: string; status: "failed"; message: string };

/** Reads the kept samples of a learned extractor and further runs with it, and with nothing else. */
export async function tryStored(stored: StoredExtractor, targets: readonly string[]): Promise<TriedRun[]> {
  const { current, folder } = stored;
  const samples = current.record.samples.map((sample) => ({ sample, name: `sample ${sample.digest}` }));
  const tried = samples.flatMap(({ sample, name }) =>
    guarded(name, () => tryRuns(stored, openSample(path.join(folder, STORE_FILES.samples), sample), name)),
  );
  for (const target of targets) {
    const opened = await openRun(target);
    try {
      tried.push(...guarded(target, () => tryRuns(stored, opened.files, target)));
    } finally {
      opened.dispose();
    }
  }
  return tried;
}

function tryRuns({ current, id }: StoredExtractor, files: DiskRun, name: string): TriedRun[] {
  const { format, version } = current.record;
  const { runs } = discoverRuns(files, [learnedExtractor({ format, version, source: current.source })]);
  if (runs.length === 0) return [{ run: name, status: "failed", message: `${id} recognises no run here` }];
  return runs.flatMap((found) => {
    const run = path.posix.join(name, placeOf(found));
    return guarded(run, () => {
      const { trajectory, fidelity } = extractRun(found);
      return [{ run, status: "read", step_count: trajectory.steps.length, fidelity }];
    });
  });
}

function guarded(run: string, attempt: () => TriedRun[]): TriedRun[] {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    return [{ run, status: "failed", message: messageOf(error) }];
  }
}
