import {
  type JsonRecordLine,
  LineCounter,
  type Ref,
  type RunFiles,
  skipValue,
} from "../../src/extract/toolkit/index.ts";
import { loadTrajectory } from "../_traj/load.ts";
import { parseJson } from "./parse.ts";
import { type Document, entriesOf } from "./places.ts";

/**
 * The JSON values of a file, each with its place: one where the file is one value, one a line in JSON lines. A file
 * that breaks off gives what can be saved of it; `keys` name the lists that a cut-off value may hold. Throws
 * CodeTracerError `bad_json`, `unreadable` or `too_large` where nothing can be read.
 */
export function documentsOf(run: RunFiles, path: string, keys: readonly string[]): Document[] {
  const text = run.text(path);
  const whole = parseJson(text);
  if (whole !== undefined && typeof whole !== "string") return [wholeFile(path, text, whole)];
  const byLine = linesOf(run, path, text);
  if (byLine !== null) return byLine;
  const { root, elements, spans } = loadTrajectory(run, path, keys);
  const ref = wholeRef(path, text);
  const entries = elements.map((value, index) => ({ value, ref: { path, ...(spans[index] ?? ref) } }));
  const isWhole = entries.length === 0 || whole !== undefined;
  return [{ value: root, ref, text: null, ...(isWhole ? {} : { saved: entries }) }];
}

/** The values of a list that is itself a document, as documents. */
export function elementDocuments(document: Document): Document[] {
  const { text, ref } = document;
  if (!Array.isArray(document.value)) return [];
  if (text === null || document.saved) {
    return entriesOf(document, []).map((entry) => ({ ...entry, text: null }));
  }
  const counter = new LineCounter(text);
  const documents: Document[] = [];
  let at = text.indexOf("[") + 1;
  for (const value of document.value as unknown[]) {
    while (/[\s,]/.test(text[at] ?? "x")) at++;
    const end = skipValue(text, at);
    const line_start = ref.line_start - 1 + counter.lineAt(at);
    const line_end = ref.line_start - 1 + counter.lineAt(Math.max(at, end - 1));
    documents.push({ value, ref: { path: ref.path, line_start, line_end }, text: text.slice(at, end) });
    at = end;
  }
  return documents;
}

function wholeFile(path: string, text: string, value: unknown): Document {
  return { value, ref: wholeRef(path, text), text };
}

function wholeRef(path: string, text: string): Ref {
  return { path, line_start: 1, line_end: text.trimEnd().split("\n").length };
}

/** JSON lines; null where the file is framed otherwise. */
function linesOf(run: RunFiles, path: string, text: string): Document[] | null {
  const documents: Document[] = [];
  const broken: number[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const value = /^\s*[[{]/.test(line) ? parseJson(line) : undefined;
    if (value === undefined) broken.push(index + 1);
    else documents.push(atLine(path, index + 1, line, value));
  }
  const isLines = documents.length > 0 && documents.length >= broken.length;
  if (isLines && (broken.length === 0 || documents.some(({ value }) => Array.isArray(value)))) {
    for (const line of broken) run.report({ message: "line is not valid JSON and was skipped", path, line });
    return documents;
  }
  // An object over many lines that breaks off is no run of lines; one that is followed by others is.
  if (!isLines && !/^\s*\[|\n[[{]/.test(text)) return null;
  const framed = [...run.jsonl(path)];
  return framed.length > 0 ? framed.map((record) => framedDocument(path, record)) : null;
}

function framedDocument(path: string, { value, line_start, line_end }: JsonRecordLine): Document {
  return { value, ref: { path, line_start, line_end }, text: null };
}

/** A document that is one line of a file. */
export function atLine(path: string, line: number, text: string, value: unknown): Document {
  return { value, ref: { path, line_start: line, line_end: line }, text };
}
