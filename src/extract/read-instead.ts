import { CodeTracerError } from "../util/errors.ts";
import type { Candidate, FoundRun } from "./discover.ts";
import type { ExtractedRun } from "./extract.ts";
import type { Extractor } from "./extractor.ts";

type Read = (found: FoundRun) => ExtractedRun;

/**
 * Reads a run with its readers, and with one that stands in for them only where they cannot read it or fail its fidelity; the reason of the detection then
 * says why. A stand-in counts if it finds steps and passes; where none does the first reading holds, with a warning. Throws what `read` throws for the readers.
 */
export function readOrInstead(
  found: FoundRun,
  { readers, standIns }: { readers: readonly Candidate[]; standIns: readonly Candidate[] },
  read: Read,
): ExtractedRun {
  const readWith = (candidates: readonly Candidate[]): ExtractedRun | CodeTracerError =>
    attempt(() => read(freshly({ ...found, candidates })));
  const first = readWith(readers);
  if (!isError(first) && first.fidelity.passed) return first;
  const failed = isError(first) ? readers[0] : first.chosen;
  const why = `${failed ? named(failed.extractor) : "the extractor"} ${complaint(first)}`;
  const refusals: string[] = [];
  for (const standIn of standIns) {
    const reason = `${why}; ${standIn.detection.reason}`;
    const second = readWith([{ ...standIn, detection: { ...standIn.detection, reason } }]);
    if (!isError(second) && (isError(first) || isBetter(second))) return second;
    if (standIn.extractor.learned !== undefined)
      refusals.push(
        `${why}, and ${named(standIn.extractor)} that stands in for it ${complaint(second)}: codetracer extractors learn on this run starts a revision`,
      );
  }
  if (isError(first)) throw first;
  const { trajectory } = first;
  const warnings = [...trajectory.warnings, ...refusals.map((message) => ({ message }))];
  return { ...first, trajectory: { ...trajectory, warnings } };
}

/** The run with files that know nothing of what another reader found wrong with them. */
function freshly(found: FoundRun): FoundRun {
  const { files } = found;
  const fresh = files.view("", files.focus);
  for (const problem of files.problems) fresh.report(problem);
  return { ...found, files: fresh };
}

function attempt(read: () => ExtractedRun): ExtractedRun | CodeTracerError {
  try {
    return read();
  } catch (error) {
    if (error instanceof CodeTracerError) return error;
    throw error;
  }
}

function isError(read: ExtractedRun | CodeTracerError): read is CodeTracerError {
  return read instanceof CodeTracerError;
}

function isBetter({ trajectory, fidelity }: ExtractedRun): boolean {
  return fidelity.passed && trajectory.steps.length > 0;
}

function named({ id, version, learned }: Extractor): string {
  return learned === undefined
    ? `the built-in extractor ${id}`
    : `the learned extractor ${id} (version ${version})`;
}

function complaint(read: ExtractedRun | CodeTracerError): string {
  if (isError(read)) return "cannot read it";
  const failed = read.fidelity.checks.filter(({ passed }) => passed === false).map(({ name }) => name);
  if (failed.length === 0) return "finds no steps";
  return `reads it badly (${failed.join(", ")})`;
}
