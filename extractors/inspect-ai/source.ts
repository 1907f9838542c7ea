import type { RunFiles } from "../../src/extract/toolkit/index.ts";

const HEAD_BYTES = 64 << 10;

/** The form of a file: one sample, or a log with all of them. */
export type Form = "sample" | "log";

const SAMPLE =
  /^\s*\{\s*"id"\s*:\s*(?:\d+|"(?:[^"\\]|\\.)*")\s*,\s*"epoch"\s*:\s*\d+\s*,\s*"(?:input|uuid|message_refs)"\s*:/;
const LOG =
  /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"status"\s*:\s*"(?:started|success|cancelled|error)"\s*,\s*"eval"\s*:\s*\{/;

/** The form that the head of a file shows; null = none of them. */
export function formOf(run: RunFiles, path: string): Form | null {
  const head = run.head(path, HEAD_BYTES);
  if (SAMPLE.test(head)) return "sample";
  return LOG.test(head) ? "log" : null;
}

/** The lines that samples begin on in a log as Inspect writes it, indented; none where it is framed otherwise. */
export function sampleLines(run: RunFiles, path: string): number[] {
  const lines: number[] = [];
  let open: string | undefined;
  for (const { text, line } of run.lines(path)) {
    if (open === undefined) {
      const indent = /^([ \t]+)"samples"\s*:\s*\[\s*$/.exec(text)?.[1];
      if (indent !== undefined) open = indent;
    } else if (text.startsWith(`${open}]`)) return lines;
    else if (text.trimEnd() === `${open}${open}{`) lines.push(line);
  }
  return lines;
}

/**
 * The rows of a log: the lines that its samples begin on. A log that is one line has no such lines; there a row is
 * the number of the sample.
 */
export function sampleRows(run: RunFiles, path: string): number[] {
  const lines = sampleLines(run, path);
  return lines.length > 0 ? lines : samplesOf(run.tryJson(path)).map((_, index) => index + 1);
}

/** The samples of a parsed log. */
export function samplesOf(log: unknown): readonly unknown[] {
  const samples = (log as { samples?: unknown } | null | undefined)?.samples;
  return Array.isArray(samples) ? samples : [];
}

/** The text of the sample that begins on a line of an indented log; null where no sample begins there. */
export function sampleTextAt(run: RunFiles, path: string, row: number): string | null {
  const first = run.lineAt(path, row);
  const indent = /^([ \t]+)\{\s*$/.exec(first ?? "")?.[1];
  if (first === undefined || indent === undefined) return null;
  const lines = [first];
  for (let line = row + 1; ; line++) {
    const text = run.lineAt(path, line);
    if (text === undefined) break;
    const isLast = text.startsWith(`${indent}}`);
    lines.push(isLast ? `${indent}}` : text);
    if (isLast) break;
  }
  return lines.join("\n");
}
