import { type LearnedFormat, LearnedFormatSchema } from "../learned/definition.ts";

const MAX_SOURCE_CHARS = 200_000;
const MAX_NOTE_CHARS = 20_000;
const MIN_NOTE_CHARS = 80;

/** Files as the shell left them. null = not there. */
export interface HandIn {
  source: string | null;
  format: string | null;
  note: string | null;
}

/** A hand-in that can be tried. */
export interface ReadHandIn {
  source: string;
  format: LearnedFormat;
  note: string;
}

/** What may not be used as an id, and which one must be. */
export interface IdRule {
  taken: readonly string[];
  /** Of the extractor that is revised; null = a new one. */
  required: string | null;
}

/** Reads what was handed in, or says what is wrong with it. `needsNote` = for keeps. */
export function readHandIn(
  { source, format, note }: HandIn,
  ids: IdRule,
  needsNote: boolean,
): ReadHandIn | { problems: string[] } {
  const parsed = readFormat(format ?? "");
  const problems = "problems" in parsed ? [...parsed.problems] : idProblems(parsed.id, ids);
  if (source === null || source.trim() === "") problems.push("extractor.js is empty");
  else if (source.length > MAX_SOURCE_CHARS)
    problems.push(
      `extractor.js is longer than ${MAX_SOURCE_CHARS} characters: read the format, do not list its contents`,
    );
  if (needsNote) problems.push(...noteProblems(note ?? ""));
  if (problems.length > 0 || "problems" in parsed) return { problems };
  return { source: source ?? "", format: parsed, note: note ?? "" };
}

function readFormat(text: string): LearnedFormat | { problems: string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problems: ["fingerprint.json is no JSON"] };
  }
  const result = LearnedFormatSchema.safeParse(value);
  if (result.success) return result.data;
  return {
    problems: result.error.issues
      .slice(0, 8)
      .map(
        (issue) =>
          `fingerprint.json${issue.path.length > 0 ? `, ${issue.path.join(".")}` : ""}: ${issue.message}`,
      ),
  };
}

function idProblems(id: string, { taken, required }: IdRule): string[] {
  if (required !== null)
    return id === required ? [] : [`fingerprint.json, id: this is a revision of ${required}; keep that id`];
  return taken.includes(id)
    ? ["fingerprint.json, id: there is an extractor of that id; take another one"]
    : [];
}

function noteProblems(note: string): string[] {
  if (note.trim().length < MIN_NOTE_CHARS)
    return ["EXTRACTOR.md is too short: say what the layout is, what one step is, and what is not recorded"];
  return note.length > MAX_NOTE_CHARS ? [`EXTRACTOR.md is longer than ${MAX_NOTE_CHARS} characters`] : [];
}
