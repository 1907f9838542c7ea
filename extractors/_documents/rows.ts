import { CodeTracerError, type RunFiles } from "../../src/extract/toolkit/index.ts";
import { atLine, documentsOf, elementDocuments } from "./documents.ts";
import { parseHead, parseJson } from "./parse.ts";
import type { Document } from "./places.ts";

/** How a format tells its runs apart. */
export interface RunShape {
  /** Whether a value is a whole run, as opposed to a piece of one. */
  isRun(value: unknown): boolean;
  /** The keys of a run's list, for files that break off. */
  listKeys: readonly string[];
  /** The runs without those that another one holds in full, such as the earlier calls of a log of model calls. */
  distinct?(runs: readonly Document[]): Document[];
}

/** The runs that a file holds; the documents as they are where they are pieces of one run. */
export function runsOf(run: RunFiles, path: string, shape: RunShape): Document[] {
  const documents = documentsOf(run, path, shape.listKeys);
  const [first] = documents;
  if (documents.length !== 1 || !first || shape.isRun(first.value)) {
    return distinctRuns(documents, shape) ?? documents;
  }
  return distinctRuns(elementDocuments(first), shape) ?? documents;
}

function distinctRuns(documents: readonly Document[], shape: RunShape): Document[] | null {
  const runs = documents.filter(({ value }) => shape.isRun(value));
  if (runs.length === 0) return null;
  return shape.distinct?.(runs) ?? runs;
}

/** The lines on which the runs of a file begin; none where it holds one, or where several share a line. */
export function rowLines(run: RunFiles, path: string, shape: RunShape): number[] {
  const runs = tryRuns(run, path, shape).filter(({ value }) => shape.isRun(value));
  const lines = new Set(runs.map(({ ref }) => ref.line_start));
  return runs.length > 1 && lines.size === runs.length ? [...lines] : [];
}

function tryRuns(run: RunFiles, path: string, shape: RunShape): Document[] {
  try {
    return runsOf(run, path, shape);
  } catch (error) {
    if (error instanceof CodeTracerError) return [];
    throw error;
  }
}

/**
 * The documents of the run that is to be read: the row's, or all pieces of the only run. Throws CodeTracerError
 * `unreadable` where the file holds several runs that share a line, since no line names one of them.
 */
export function documentsOfRun(run: RunFiles, path: string, shape: RunShape): Document[] {
  if (run.row !== null) return rowDocument(run, path, run.row, shape);
  const documents = runsOf(run, path, shape);
  const runs = documents.filter(({ value }) => shape.isRun(value));
  const [first] = runs;
  if (runs.length < 2 || !first) return documents;
  if (new Set(runs.map(({ ref }) => ref.line_start)).size < runs.length) {
    throw new CodeTracerError(
      "unreadable",
      `${path}: holds ${runs.length} runs that share a line, and a run is named by its line; write one run a line (jq -c '.[]')`,
      { path },
    );
  }
  const message = `the file holds ${runs.length} runs; this is the first one: read the others by their lines`;
  run.report({ message, path, line: first.ref.line_start });
  return [first];
}

function rowDocument(run: RunFiles, path: string, row: number, shape: RunShape): Document[] {
  const text = (run.lineAt(path, row) ?? "").trimEnd().replace(/,$/, "");
  const value = parseJson(text);
  if (value !== undefined && shape.isRun(value)) return [atLine(path, row, text, value)];
  const found = runsOf(run, path, shape).find(({ ref }) => ref.line_start === row);
  if (!found) run.report({ message: "row holds no run of this format", path, line: row });
  return found ? [found] : [];
}

/** The raw text of the run that is to be read. */
export function rawText(run: RunFiles, path: string, shape: RunShape): string {
  const { row } = run;
  const line = row === null ? "" : (run.lineAt(path, row) ?? "");
  if (row !== null && parseJson(line.trimEnd().replace(/,$/, "")) !== undefined) return line;
  const runs = tryRuns(run, path, shape).filter(({ value }) => shape.isRun(value));
  const found = row === null ? runs : runs.filter(({ ref }) => ref.line_start === row);
  const [only] = found;
  if (!only || found.length > 1) return row === null ? run.text(path) : line;
  const { line_start, line_end } = only.ref;
  return (
    only.text ??
    run
      .text(path)
      .split("\n")
      .slice(line_start - 1, line_end)
      .join("\n")
  );
}

const HEAD_BYTES = 512 << 10;
const MAX_HEAD_VALUES = 200;

/** What the head of a file shows, and whether that is all of it. */
export interface Head {
  values: unknown[];
  isWhole: boolean;
}

/** The values at the head of a file: the first lines of JSON lines, else the one value as far as the head goes. */
export function headOf(run: RunFiles, path: string, pattern: RegExp): Head | null {
  const text = run.head(path, HEAD_BYTES);
  if (!/^\s*[[{]/.test(text) || !pattern.test(text)) return null;
  const isCut = run.size(path) > HEAD_BYTES;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const values: unknown[] = [];
  let isWhole = !isCut;
  for (const line of lines.slice(0, MAX_HEAD_VALUES)) {
    const value = /^\s*[[{]/.test(line) ? parseJson(line) : undefined;
    if (value !== undefined) values.push(value);
    else if (values.length === 0) break;
  }
  if (values.length > 0 && (lines.length > 1 || !isCut)) {
    if (lines.length > MAX_HEAD_VALUES) isWhole = false;
    return { values, isWhole };
  }
  const value = parseHead(text);
  return value === undefined ? null : { values: [value], isWhole };
}
