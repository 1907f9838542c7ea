import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { CodeTracerError } from "../util/errors.ts";
import { NOTE_LIMITS } from "./note.ts";

/** More than this is not read, and shortened at the next write: older runs are forgotten first. */
const MAX_BYTES = 1 << 20;
const KEPT_BYTES = MAX_BYTES / 2;

/** How long the name of a run may be. */
export const RUN_CHARS = 200;
/** How many notes in its own words a tracer may leave for one run. */
export const NOTES_OF_A_RUN = 5;
const KINDS_OF_A_RUN = 40;

/** One line of a memory: what one run showed. The last line about a run holds. */
export const RememberedRunSchema = z.object({
  version: z.literal(1),
  run: z.string().min(1).max(RUN_CHARS),
  found: z
    .array(z.object({ kind: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/), step_id: z.int().positive() }))
    .max(KINDS_OF_A_RUN),
  notes: z.array(z.string().min(1).max(NOTE_LIMITS.text_chars)).max(NOTES_OF_A_RUN),
});
export type RememberedRun = z.infer<typeof RememberedRunSchema>;

/** The runs of a memory, oldest first, and what of it could not be read. */
export interface RememberedRuns {
  runs: readonly RememberedRun[];
  problems: readonly string[];
}

/** Reads a memory; one that is not there yet is empty. Broken lines are left out and told. Throws CodeTracerError `unreadable`. */
export function readRuns(file: string): RememberedRuns {
  const byRun = new Map<string, RememberedRun>();
  const problems: string[] = [];
  for (const { text, line } of newestLines(file)) {
    const parsed = RememberedRunSchema.safeParse(parse(text));
    if (!parsed.success) {
      problems.push(`${file}:${line}: not a remembered run; left out`);
      continue;
    }
    // Set anew, so that it counts as the newest.
    byRun.delete(parsed.data.run);
    byRun.set(parsed.data.run, parsed.data);
  }
  return { runs: [...byRun.values()], problems };
}

/**
 * Adds a run to a memory, by appending one line; a memory that has grown too long loses its oldest lines. Throws CodeTracerError `bad_argument` where
 * nothing can be written.
 */
export function appendRun(file: string, run: RememberedRun): void {
  const line = `${JSON.stringify(RememberedRunSchema.parse({ ...run, found: run.found.slice(0, KINDS_OF_A_RUN) }))}\n`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.appendFileSync(file, isTorn(file) ? `\n${line}` : line, { mode: 0o600 });
    if (fs.statSync(file).size > MAX_BYTES) shorten(file);
  } catch (error) {
    throw new CodeTracerError(
      "bad_argument",
      `${file}: what was learned cannot be kept (${codeOf(error)}); let CODETRACER_HOME name a folder that can be written, or leave out --memory`,
      { path: file, cause: error },
    );
  }
}

/** A write that was cut short leaves a line without its end. */
function isTorn(file: string): boolean {
  const tail = readTail(file, 1);
  return tail !== null && tail.bytes.length > 0 && tail.bytes.toString() !== "\n";
}

function shorten(file: string): void {
  const bytes = readTail(file, KEPT_BYTES)?.bytes ?? Buffer.alloc(0);
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  fs.writeFileSync(temporary, bytes.subarray(bytes.indexOf(0x0a) + 1), { mode: 0o600 });
  fs.renameSync(temporary, file);
}

/** The lines within the newest bytes. Numbers are those of the file, or count from where reading began where it is longer. */
function newestLines(file: string): { text: string; line: number }[] {
  const tail = tailOf(file);
  if (tail === null) return [];
  const lines = tail.bytes.toString("utf8").split("\n");
  return lines
    .map((text, at) => ({ text, line: at + 1 }))
    .slice(tail.isWhole ? 0 : 1)
    .filter(({ text }) => text.trim() !== "");
}

function tailOf(file: string): Tail | null {
  try {
    return readTail(file, MAX_BYTES);
  } catch (error) {
    throw new CodeTracerError(
      "unreadable",
      `${file}: what was learned cannot be read (${codeOf(error)}); check its permissions, or remove it`,
      { path: file, cause: error },
    );
  }
}

interface Tail {
  bytes: Buffer;
  isWhole: boolean;
}

/** null = there is no such file. */
function readTail(file: string, most: number): Tail | null {
  let descriptor: number;
  try {
    descriptor = fs.openSync(file, "r");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  try {
    const { size } = fs.fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, most));
    const read = fs.readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return { bytes: bytes.subarray(0, read), isWhole: size <= most };
  } finally {
    fs.closeSync(descriptor);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown error";
}
