import type { RunFacts } from "../trajectory/index.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";

/** One run to export. */
export interface ExportRun {
  /** Names its files, and the run in tables: a path relative to what was exported. */
  run_id: string;
  workspace: TracedWorkspace;
  /** What a fleet knows of the run beside its workspace; null = it is part of none. */
  facts: RunFacts | null;
}

/**
 * A piece of a file of an export. Pieces with one path make up one file, in the order they come; `header` goes before the first of
 * them. So many runs are exported one at a time.
 */
export interface ExportPart {
  /** Below the export's folder, with forward slashes. Its segments are safe as file names. */
  path: string;
  header?: string;
  text: string;
}

/** A format: what it is, and what a run comes to in it. */
export interface ExportFormat {
  id: string;
  title: string;
  parts(run: ExportRun): ExportPart[];
}
