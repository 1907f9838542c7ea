import { CodeTracerError } from "../../util/errors.ts";
import type { Discovery, FoundRun } from "../discover.ts";
import { extractRun } from "../extract.ts";
import { MIN_CONFIDENCE } from "../extractor.ts";
import { splitCandidates } from "../stand-ins.ts";
import type { Examined } from "./examine.ts";
import { reportText } from "./report-text.ts";

/** How what there is of readers stands to a target. */
export type Standing =
  /** All its runs are read well: nothing to learn. */
  | { status: "known"; readers: readonly { id: string; version: number; learned: boolean }[]; runs: number }
  /** No reader fits, only one that takes what no other one wants, such as a trial without a transcript, or a built-in one that reads it badly. */
  | { status: "unknown"; badly: BadlyRead | null }
  /** A learned reader does not fit any more. `badly` where it stands in for a built-in one. */
  | { status: "drifted"; id: string; report: string; badly: BadlyRead | null };

/** A run that a built-in extractor is sure of and reads badly. */
export interface BadlyRead {
  /** Of the built-in extractor. */
  id: string;
  /** The run, below the target. */
  found: FoundRun;
  /** The checks that fail. */
  problems: readonly string[];
  report: string;
}

const MAX_RUNS = 5;

/** Reads the first runs of a target with what there is. Throws CodeTracerError `bad_extractor` where a built-in extractor reads one run of many in a file badly: a learned one cannot stand in there. */
export function standingOf(discovery: Discovery): Standing {
  const readers = new Map<string, { id: string; version: number; learned: boolean }>();
  for (const found of discovery.runs.slice(0, MAX_RUNS)) {
    const reading = readingOf(found);
    const { problems, reader, isSure } = reading;
    readers.set(reader.id, reader);
    const isEmpty = reading.step_count === 0 && !isSure && !reader.learned;
    if (problems.length === 0 && isEmpty) return { status: "unknown", badly: null };
    if (problems.length > 0) return isSure ? standingOfBadlyRead(found, reading) : standingOfUnsure(reading);
  }
  if (readers.size === 0) return { status: "unknown", badly: null };
  return { status: "known", readers: [...readers.values()], runs: discovery.runs.length };
}

type Reading = ReturnType<typeof readingOf>;

function standingOfUnsure({ reader, report }: Reading): Standing {
  if (reader.learned) return { status: "drifted", id: reader.id, report, badly: null };
  return { status: "unknown", badly: null };
}

/** Of a run that some extractor is sure of: the learned one that read it, or that stands in for the built-in one, is revised. */
function standingOfBadlyRead(found: FoundRun, reading: Reading): Standing {
  const { readers, standIns } = splitCandidates(found);
  const [standIn] = standIns;
  const first = standIn === undefined ? reading : readingOf({ ...found, candidates: readers });
  if (first.reader.learned) return standingOfUnsure(first);
  const badly = { id: first.reader.id, found, problems: first.problems, report: first.report };
  if (standIn !== undefined) {
    const { report } = readingOf({ ...found, candidates: [standIn] });
    return { status: "drifted", id: standIn.extractor.id, report, badly };
  }
  if (found.files.row === null) return { status: "unknown", badly };
  throw new CodeTracerError(
    "bad_extractor",
    `${found.files.root}: the built-in extractor ${badly.id} reads line ${found.files.row} of ${found.files.focus ?? "this file"} badly (${badly.problems.join("; ")}), and a learned one cannot stand in for a run that is one line of many; write that line to a file of its own and learn that, or report it with the output of codetracer extract --json`,
  );
}

function readingOf(found: FoundRun) {
  const first = found.candidates[0];
  const isSure = (first?.detection.confidence ?? 0) > MIN_CONFIDENCE;
  const named = (extractor: { id: string; version: number; learned?: unknown } | undefined) => ({
    id: extractor?.id ?? "",
    version: extractor?.version ?? 0,
    learned: extractor?.learned !== undefined,
  });
  try {
    const { trajectory, chosen, fidelity } = extractRun(found);
    const problems = fidelity.checks.filter((check) => check.passed === false).map((check) => check.name);
    const examined: Examined = { role: "this", number: 1, found, trajectory, fidelity, problems };
    const trial = { role: "this", number: 1, files: found.files } as const;
    return {
      problems,
      step_count: trajectory.steps.length,
      reader: named(chosen.extractor),
      isSure,
      report: reportText([{ trial, runs: [examined] }]),
    };
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    const report = error.message.replaceAll(found.files.root, "this run");
    return {
      problems: ["it cannot be read"],
      step_count: 0,
      reader: named(first?.extractor),
      isSure,
      report,
    };
  }
}
