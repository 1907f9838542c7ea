import type { DiskRun } from "../run/disk-run.ts";
import type { Candidate, FoundRun } from "./discover.ts";
import { type Extractor, MIN_CONFIDENCE } from "./extractor.ts";
import { candidatePlaces } from "./places.ts";

/**
 * Puts behind the candidates of each run the learned extractors that recognise it and were made because one of those candidates reads such runs badly.
 * They read it only where that one's fidelity fails. A line of a file has none: a learned extractor reads files and folders.
 */
export function withStandIns(
  opened: DiskRun,
  runs: readonly FoundRun[],
  learned: readonly Extractor[],
): readonly FoundRun[] {
  const made = learned.filter((extractor) => insteadOf(extractor) !== null);
  if (made.length === 0) return runs;
  const places = candidatePlaces(opened, made, true);
  return runs.map((run) => {
    const { folder, files, candidates } = run;
    const place = places.find((one) => one.folder === folder && one.focus === files.focus);
    if (place === undefined || files.row !== null) return run;
    const added = place.extractors
      .filter((extractor) => candidates.some((one) => one.extractor.id === insteadOf(extractor)))
      .map((extractor) => ({ extractor, detection: extractor.detect(files) }))
      .filter(({ detection }) => detection.confidence >= MIN_CONFIDENCE);
    return added.length === 0 ? run : { ...run, candidates: [...candidates, ...added] };
  });
}

/**
 * The candidates of a run: those that read it, which are built-in or learned as the surest one is, and the others, which stand in where these read it badly.
 */
export function splitCandidates({ candidates }: FoundRun): {
  readers: readonly Candidate[];
  standIns: readonly Candidate[];
} {
  const isFirstLearned = candidates[0]?.extractor.learned !== undefined;
  const isReader = ({ extractor }: Candidate): boolean =>
    (extractor.learned !== undefined) === isFirstLearned;
  return {
    readers: candidates.filter(isReader),
    standIns: candidates.filter((one) => !isReader(one)),
  };
}

function insteadOf({ learned }: Extractor): string | null {
  return learned?.instead_of ?? null;
}
