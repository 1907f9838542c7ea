import type { DiagnosisFile } from "../trajectory/diagnosis.ts";
import { type Label, SURE_CONFIDENCE } from "../trajectory/label.ts";
import { cleanText, readsLikeOrder } from "./clean-text.ts";
import { foldNotes } from "./fold-notes.ts";
import { memoryFile } from "./framework.ts";
import { kindOf } from "./kinds.ts";
import { appendRun, NOTES_OF_A_RUN, type RememberedRun, RUN_CHARS, readRuns } from "./memory-file.ts";
import { NOTE_LIMITS, type Note } from "./note.ts";

/** What is known about the runs of a framework. */
export interface Memory {
  notes: readonly Note[];
  /** Lines of the memory that could not be read, each with its place. */
  problems: readonly string[];
}

/** What notes are asked for. */
export interface ReadOptions {
  /** A run whose own share is left out: an earlier diagnosis of it is no hint about it. */
  exceptRun?: string;
}

/** The notes about a framework, most frequent first. Throws CodeTracerError `unreadable`. */
export function readMemory(folder: string, framework: string, { exceptRun }: ReadOptions = {}): Memory {
  const { runs, problems } = readRuns(memoryFile(folder, framework));
  const except = exceptRun === undefined ? null : runName(exceptRun);
  return { notes: foldNotes(runs.filter(({ run }) => run !== except)), problems };
}

/** The notes of `readMemory` alone. */
export function readNotes(folder: string, framework: string, options?: ReadOptions): readonly Note[] {
  return readMemory(folder, framework, options).notes;
}

/** A diagnosis, and what its tracer says about the framework in its own words, where it does. */
export type RememberedDiagnosis = Pick<DiagnosisFile, "verdict" | "labels"> & { notes?: readonly string[] };

/**
 * Keeps what a run showed: which kinds of wrong or useless steps it holds, with a step of each. A run that was not judged shows nothing; one that is
 * remembered already is replaced. Throws CodeTracerError `bad_argument` where nothing can be written.
 */
export function rememberDiagnosis(
  folder: string,
  framework: string,
  run: string,
  diagnosis: RememberedDiagnosis,
): void {
  if (diagnosis.verdict !== "diagnosed" && diagnosis.verdict !== "no_finding") return;
  appendRun(memoryFile(folder, framework), {
    version: 1,
    run: runName(run),
    found: kindsIn(diagnosis.labels),
    notes: keptNotes(diagnosis.notes ?? []),
  });
}

/** The kinds of labels that are more than leads, each with its surest step. */
function kindsIn(labels: readonly Label[]): RememberedRun["found"] {
  const counted = labels.filter(
    (one) => one.confidence >= SURE_CONFIDENCE || one.profiles.includes("codetracebench"),
  );
  const byKind = new Map<string, Label>();
  for (const label of counted) {
    const kind = kindOf(label.detector);
    if (kind !== "" && label.confidence > (byKind.get(kind)?.confidence ?? -1)) byKind.set(kind, label);
  }
  return [...byKind].map(([kind, { step_id }]) => ({ kind, step_id }));
}

function keptNotes(notes: readonly string[]): string[] {
  return (
    notes
      .map((note) => ({ note, clean: cleanText(note, NOTE_LIMITS.text_chars) }))
      // What an order was hidden behind is gone once it is clean.
      .filter(({ note, clean }) => clean !== "" && !readsLikeOrder(note) && !readsLikeOrder(clean))
      .map(({ clean }) => clean)
      .slice(0, NOTES_OF_A_RUN)
  );
}

function runName(run: string): string {
  // The end of a path tells runs apart, not its beginning.
  const clean = cleanText(run, Number.POSITIVE_INFINITY);
  return clean.length <= RUN_CHARS ? clean || "." : `…${clean.slice(1 - RUN_CHARS).toWellFormed()}`;
}
