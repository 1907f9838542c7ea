import type { RunFiles } from "../run/run-files.ts";
import type { Trajectory } from "../trajectory/trajectory.ts";

/** Where runs of a format can lie. Globs use picomatch syntax. */
export interface Fingerprint {
  /**
   * Paths that mark a run directory, relative to it: `agent/trajectory.json`, `events/*.json`. The directory
   * above a match is a candidate, at any depth.
   */
  directories?: readonly string[];
  /** File names where each match is a candidate run by itself: `*.traj.json`. */
  files?: readonly string[];
  /** What `detect` wants to see inside, in words. Shown to the user when no extractor fits. */
  contents: string;
}

/** How sure an extractor is that a run is of its format, and why. */
export interface Detection {
  /** 0 (not mine) to 1. From 0.5 on the extractor may be chosen; the highest wins. */
  confidence: number;
  /** A short phrase of ours, such as "top-level trajectory_format"; never raw trace text. */
  reason: string;
}

/** From this confidence on an extractor may be chosen. */
export const MIN_CONFIDENCE = 0.5;

/**
 * A reader of one raw format. It is pure: it sees only `run`, keeps no state, and returns data. Built-in ones
 * stand in `extractors/<id>/`; ones written by a model have the same shape.
 */
export interface Extractor {
  /** Equal to the folder's name. */
  id: string;
  title: string;
  /** Raised when the same raw run would give other steps. */
  version: number;
  fingerprint: Fingerprint;
  /** Cheap: looks at names and at the heads of few files. Never throws on broken input; returns 0 and says why. */
  detect(run: RunFiles): Detection;
  /** Reads the whole run. Throws CodeTracerError only where nothing at all can be read. */
  extract(run: RunFiles): Trajectory;
  /**
   * Counts executed actions in the raw bytes by another way than `extract` (a pattern over the text, not the
   * parsed structure), for the fidelity report. null = this run holds no countable marker.
   */
  countActions?(run: RunFiles): number | null;
  /**
   * The raw text of the conversation alone, unparsed, for files that hold much else besides: the recording of a
   * whole terminal, system prompts, tool definitions. Default: every line of the used files. Must not share
   * code with `extract` beyond telling such lines apart.
   */
  conversation?(run: RunFiles, filesUsed: readonly string[]): Iterable<string>;
  /**
   * What tells the order of execution: where records lie in the files (the default), or their times, as of spans, which
   * are written when they end.
   */
  order?: "file" | "time";
  /** Turns raw lines into the text they hold. Default: JSON string escapes are undone. */
  unescape?(lines: string): string;
  /** For files that may hold a run a line: the lines that are one each. Each is extracted with `run.row` set. */
  rows?(run: RunFiles): readonly number[];
  /** For runs that are one file: the other files that belong to it, and so are no runs of their own. */
  claims?(run: RunFiles): readonly string[];
  /**
   * Set on extractors that a model wrote: which code it is. They never take a run that a built-in one is sure of; one that was made because the built-in
   * extractor `instead_of` reads such runs badly stands in where the fidelity of that one fails.
   */
  learned?: { source_digest: string; instead_of?: string };
}

export const NOT_MINE: Detection = { confidence: 0, reason: "does not match" };
