import type { TracedWorkspace } from "../../workspace/workspace.ts";
import type { ForbiddenText } from "./forbidden.ts";
import { mayHoldKeys, textsUnderKeys } from "./gold-keys.ts";
import { FORBIDDEN_SOURCES } from "./sources.ts";

/** As much of a run directory as is needed to look for what is forbidden. */
export interface RawFiles {
  /** Paths relative to the directory that match a glob; all without one. */
  list(glob?: string): readonly string[];
  /** Bytes. */
  size(path: string): number;
  /** Throws where the file cannot be read. */
  text(path: string): string;
}

/** Forbidden texts, and a sentence for each file that could not be compared. */
export interface Collected {
  forbidden: ForbiddenText[];
  warnings: string[];
}

/** A larger file is no list of expectations any more. */
const MOST_BYTES = 64 << 20;
const BINARY_HEAD_CHARS = 4096;

/** What a run directory holds of its verifier and of the solution, by the names of files and by the keys of benchmark records in JSON files. */
export function collectForbidden(files: RawFiles): Collected {
  const collected: Collected = { forbidden: [], warnings: [] };
  const taken = new Set<string>();
  for (const { glob, kind, is_gold } of FORBIDDEN_SOURCES) {
    for (const path of files.list(glob)) {
      if (taken.has(path)) continue;
      taken.add(path);
      const text = readable(files, path, collected);
      if (text !== null) collected.forbidden.push({ path, kind, is_gold, text });
    }
  }
  for (const path of files.list("**/*.{json,jsonl}")) {
    const text = readable(files, path, collected);
    if (text !== null && mayHoldKeys(text)) collected.forbidden.push(...textsUnderKeys(path, text));
  }
  return collected;
}

/** Everything of some files as solution: records of a benchmark by their keys, a diff by its added lines, anything else as code. */
export function collectGold(files: RawFiles): Collected {
  const collected: Collected = { forbidden: [], warnings: [] };
  for (const path of files.list()) {
    const text = readable(files, path, collected);
    if (text === null) continue;
    const records = mayHoldKeys(text) ? textsUnderKeys(path, text) : [];
    const kind = /^(?:diff --git |--- )/m.test(text) ? "patch" : "code";
    collected.forbidden.push(
      ...(records.length > 0
        ? records.map((record) => ({ ...record, is_gold: true }))
        : [{ path, kind, is_gold: true, text } as const]),
    );
  }
  return collected;
}

/** The names of the verifier's tests that an extractor has read. */
export function forbiddenNames({ extraction }: Pick<TracedWorkspace, "extraction">): ForbiddenText[] {
  const names = (extraction.outcome.tests ?? []).map(({ name }) => name);
  if (names.length === 0) return [];
  return [{ path: "extraction.json (outcome.tests)", kind: "names", is_gold: false, text: names.join("\n") }];
}

function readable(files: RawFiles, path: string, { warnings }: Collected): string | null {
  const refuse = (why: string): null => {
    const warning = `${path} ${why}: the hint was not compared with it`;
    if (!warnings.includes(warning)) warnings.push(warning);
    return null;
  };
  if (files.size(path) > MOST_BYTES) return refuse(`is larger than ${MOST_BYTES >> 20} MB`);
  try {
    const text = files.text(path);
    return text.slice(0, BINARY_HEAD_CHARS).includes("\0") ? null : text;
  } catch {
    return refuse("cannot be read");
  }
}
