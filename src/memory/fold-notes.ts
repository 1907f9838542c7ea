import { titleOf } from "./kinds.ts";
import type { RememberedRun } from "./memory-file.ts";
import { NOTE_LIMITS, type Note, type NoteSource, TRACER_NOTE } from "./note.ts";

/** From this share of common words on two texts say the same. */
const NEAR_EQUAL = 0.75;

interface Group {
  kind: string;
  text: string;
  words: ReadonlySet<string>;
  /** Newest first. */
  sources: NoteSource[];
}

/** The notes of runs, given oldest first: the most frequent, then the newest. What says the same is one note. */
export function foldNotes(runs: readonly RememberedRun[]): Note[] {
  const groups: Group[] = [];
  for (const { run, found, notes } of [...runs].reverse()) {
    for (const { kind, step_id } of found) add(groups, kind, titleOf(kind), { run, step_id });
    for (const text of notes) add(groups, TRACER_NOTE, text, { run, step_id: null });
  }
  // Sorting is stable, and groups stand newest first.
  return groups
    .sort((a, b) => b.sources.length - a.sources.length)
    .slice(0, NOTE_LIMITS.notes)
    .map(({ kind, text, sources }) => ({
      kind,
      text,
      run_count: sources.length,
      runs_remembered: runs.length,
      runs: sources.slice(0, NOTE_LIMITS.runs_named),
    }));
}

function add(groups: Group[], kind: string, text: string, source: NoteSource): void {
  const words = wordsOf(text);
  const same = groups.find((group) => group.kind === kind && isNearEqual(group, { text, words }));
  if (!same) groups.push({ kind, text, words, sources: [source] });
  else if (!same.sources.some(({ run }) => run === source.run)) same.sources.push(source);
}

type Wording = Pick<Group, "text" | "words">;

function isNearEqual(a: Wording, b: Wording): boolean {
  if (a.text === b.text) return true;
  const common = [...a.words].filter((word) => b.words.has(word)).length;
  const all = a.words.size + b.words.size - common;
  return all > 0 && common / all >= NEAR_EQUAL;
}

/** Numbers are left out: step 12 of one run is step 30 of another. */
function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []);
}
