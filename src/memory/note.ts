/** A run that a note came from. */
export interface NoteSource {
  run: string;
  /** A step that shows it; null = the note is about the run as a whole. */
  step_id: number | null;
}

/** Something that runs of one agent framework have in common, and the runs that say so. */
export interface Note {
  /** The detector or kind of finding that it is about; `tracer-note` where a tracer said it in its own words. */
  kind: string;
  /** At most 200 characters, on one line, cleaned and redacted. */
  text: string;
  /** How many runs show it. */
  run_count: number;
  /** How many runs of the framework are remembered. */
  runs_remembered: number;
  /** Which ones: the newest 20, newest first. */
  runs: readonly NoteSource[];
}

/** What a memory is bounded by. */
export const NOTE_LIMITS = { notes: 40, text_chars: 200, runs_named: 20, prompt_chars: 600 } as const;

/** The kind of notes in a tracer's own words. */
export const TRACER_NOTE = "tracer-note";
