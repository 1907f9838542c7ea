import type { RunFiles } from "../../run/run-files.ts";
import type { Ref } from "../../trajectory/step.ts";

/** Reads every file of the refs once, streaming, and keeps only the lines that are named. null = a line is not there. */
export function readLines(run: RunFiles, refs: readonly Ref[]): (ref: Ref) => string | null {
  const wanted = new Map<string, Set<number>>();
  for (const ref of refs) {
    const numbers = wanted.get(ref.path) ?? new Set();
    for (let line = ref.line_start; line <= ref.line_end; line++) numbers.add(line);
    wanted.set(ref.path, numbers);
  }
  const kept = new Map<string, Map<number, string>>();
  for (const [path, numbers] of wanted)
    kept.set(path, run.has(path) ? keepLines(run, path, numbers) : new Map());
  return (ref) => {
    const lines = kept.get(ref.path);
    const found: string[] = [];
    for (let line = ref.line_start; line <= ref.line_end; line++) {
      const text = lines?.get(line);
      if (text === undefined) return null;
      found.push(text);
    }
    return found.join("\n");
  };
}

function keepLines(run: RunFiles, path: string, numbers: ReadonlySet<number>): Map<number, string> {
  const kept = new Map<number, string>();
  if (run.row !== null) {
    for (const line of numbers) kept.set(line, run.lineAt(path, line) ?? "");
    return kept;
  }
  for (const { text, line } of run.lines(path)) if (numbers.has(line)) kept.set(line, text);
  return kept;
}

/** Tells files that are JSON over many lines. */
export function documentTest(run: RunFiles): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const isDocument = known.get(path) ?? /^\s*[[{]\s*\n\s*["[{\]}]/.test(run.head(path, 512));
    known.set(path, isDocument);
    return isDocument;
  };
}

/** Whether lines of a JSON document are a whole part of it: no brace is open or closed in excess. */
export function isWholePart(lines: string): boolean {
  if (!lines.includes("\n")) return true;
  let depth = 0;
  const bare = lines.replace(/"(?:[^"\\\n]|\\.)*"/g, "");
  for (const [brace] of bare.matchAll(/[[\]{}]/g)) {
    depth += brace === "{" || brace === "[" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
