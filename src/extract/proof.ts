import path from "node:path";
import { CodeTracerError } from "../util/errors.ts";
import type { FoundRun } from "./discover.ts";
import { extractRun } from "./extract.ts";
import type { Extractor } from "./extractor.ts";

const SLOW_MS = 3000;

/**
 * A test whether a run is read well, with steps, by the learned extractor that claims it; `losers` are the runs that would be lost with it, and are told where it
 * is not. An extractor that failed once and took long is not tried again: it would hold up the search.
 */
export function readingProof(): (found: FoundRun, losers: readonly FoundRun[]) => boolean {
  const distrusted = new Set<Extractor>();
  return (found, losers) => {
    const extractor = found.candidates[0]?.extractor;
    if (extractor === undefined) return false;
    const started = performance.now();
    const isRead = !distrusted.has(extractor) && isReadWell(found);
    if (isRead) return true;
    if (performance.now() - started > SLOW_MS) distrusted.add(extractor);
    for (const loser of losers) loser.files.report({ message: notRead(extractor, found) });
    return false;
  };
}

function isReadWell(found: FoundRun): boolean {
  const { files } = found;
  try {
    const { trajectory, fidelity } = extractRun({ ...found, files: files.view("", files.focus) });
    return trajectory.steps.length > 0 && fidelity.passed;
  } catch (error) {
    if (error instanceof CodeTracerError) return false;
    throw error;
  }
}

function notRead({ id }: Extractor, { files, folder }: FoundRun): string {
  const place = files.focus ?? path.posix.basename(folder);
  return `the learned extractor ${id} recognises ${place} and does not read it well, so it is not used here: codetracer extractors learn on that file or folder revises it, codetracer extractors forget ${id} removes it`;
}
