import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { stands } from "../../trace/evidence.ts";
import { BehaviourFlagSchema, type IndexedStep } from "../../trajectory/index.ts";
import { CodeTracerError, messageOf } from "../../util/errors.ts";

/** What is kept of one verdict. `warning` is a sentence for the user about it; null = none. */
const KeptSchema = z.object({ flag: BehaviourFlagSchema, warning: z.string().nullable() });
export type Kept = z.infer<typeof KeptSchema>;

const LineSchema = KeptSchema.extend({ key: z.string() });

/** Verdicts on one run that were paid for. */
export interface VerdictCache {
  get(key: string): Kept | undefined;
  /** Keeps them at once: a kill costs nothing that was answered. Throws CodeTracerError `unreadable` where that cannot be. */
  add(verdicts: readonly (readonly [key: string, kept: Kept])[]): void;
}

/**
 * The verdicts on a run: a file of lines in `folder`, named after the run's digest. null = only in memory. A line that is broken, or whose quotes do not stand in the
 * run, is passed over.
 */
export function openCache(
  folder: string | null,
  runDigest: string,
  steps: readonly IndexedStep[],
): VerdictCache {
  const file = folder === null ? null : path.join(folder, `${runDigest.slice(0, 32)}.jsonl`);
  const known = new Map<string, Kept>();
  for (const line of file === null ? [] : linesOf(file)) {
    const kept = readLine(line);
    if (kept?.flag.evidence.every((one) => stands(one, steps))) known.set(kept.key, kept);
  }
  return {
    get: (key) => known.get(key),
    add: (verdicts) => {
      for (const [key, kept] of verdicts) known.set(key, kept);
      // The line break before a line ends one that a kill tore.
      const lines = verdicts.map(([key, kept]) => `\n${JSON.stringify({ key, ...kept })}\n`);
      if (file !== null && lines.length > 0) append(file, lines.join(""));
    },
  };
}

/** The digest of texts, each apart from the next. */
export function digestOf(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}\n`).update(part);
  return hash.digest("hex");
}

function linesOf(file: string): string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : [];
}

function readLine(line: string): z.infer<typeof LineSchema> | undefined {
  if (line === "") return undefined;
  try {
    return LineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function append(file: string, text: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, text);
  } catch (cause) {
    throw new CodeTracerError(
      "unreadable",
      `${file}: verdicts cannot be kept there (${messageOf(cause)}); free some space or choose a folder that can be written to`,
      { path: file, cause },
    );
  }
}
