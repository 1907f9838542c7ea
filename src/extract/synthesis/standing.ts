import { CodeTracerError } from "../../util/errors.ts";
import { type Discovery, MIN_CONFIDENCE } from "../discover.ts";
import { extractRun } from "../extract.ts";
import type { Examined } from "./examine.ts";
import { reportText } from "./report-text.ts";

/** How what there is of readers stands to a target. */
export type Standing =
  /** All its runs are read well: nothing to learn. */
  | { status: "known"; readers: readonly { id: string; version: number; learned: boolean }[]; runs: number }
  /** No reader fits, or only one that takes what no other one wants. */
  | { status: "unknown" }
  /** A learned reader does not fit any more. */
  | { status: "drifted"; id: string; report: string };

const MAX_RUNS = 5;

/** Reads the first runs of a target with what there is. Throws CodeTracerError `bad_extractor` where a built-in extractor is sure of a run and reads it badly. */
export function standingOf(discovery: Discovery): Standing {
  const readers = new Map<string, { id: string; version: number; learned: boolean }>();
  for (const found of discovery.runs.slice(0, MAX_RUNS)) {
    const { problems, reader, isSure, report } = readingOf(found);
    readers.set(reader.id, reader);
    if (problems.length === 0) continue;
    if (reader.learned) return { status: "drifted", id: reader.id, report };
    if (!isSure) return { status: "unknown" };
    throw new CodeTracerError(
      "bad_extractor",
      `${found.files.root}: the built-in extractor ${reader.id} is sure of this run and reads it badly (${problems.join("; ")}); a learned one would not be asked: please report it with the output of codetracer extract --json`,
    );
  }
  if (readers.size === 0) return { status: "unknown" };
  return { status: "known", readers: [...readers.values()], runs: discovery.runs.length };
}

function readingOf(found: Discovery["runs"][number]) {
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
      reader: named(chosen.extractor),
      isSure,
      report: reportText([{ trial, runs: [examined] }]),
    };
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    const report = error.message.replaceAll(found.files.root, "this run");
    return { problems: ["it cannot be read"], reader: named(first?.extractor), isSure, report };
  }
}
