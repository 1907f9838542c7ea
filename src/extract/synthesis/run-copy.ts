import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { DiskRun } from "../../run/disk-run.ts";
import { createRedactor, type Redactor } from "../../run/redact/index.ts";

/** What a copy of a raw run holds at most. */
export interface CopyLimits {
  file_chars: number;
  all_chars: number;
  files: number;
}

const LIMITS: CopyLimits = { file_chars: 4_000_000, all_chars: 32_000_000, files: 2000 };
const NONCE_DIGITS = 12;
const MAX_NAMED = 20;

/** A copy of a raw run for a model to look at. */
export interface RunCopy {
  /** 12 hex digits over names and contents: nothing in the run can hold them. */
  nonce: string;
  /** Files in the copy. */
  file_count: number;
  /** What differs from the run, each a sentence; names of files in it are the run's own. */
  remarks: readonly string[];
  /** Replaces the secrets that the copy's texts held, wherever else they stand. */
  redactor: Redactor;
}

/** Writes a redacted copy of a run into an empty folder, line by line as it stands, in natural order until a limit is reached. */
export function copyRun(run: DiskRun, folder: string, limits: CopyLimits = LIMITS): RunCopy {
  const redactor = createRedactor();
  const hash = createHash("sha256");
  const names = run.focus === null ? run.list() : [run.focus];
  const cut: string[] = [];
  const missing: string[] = [];
  let room = limits.all_chars;
  let file_count = 0;
  for (const name of names) {
    const most = Math.min(limits.file_chars, room);
    const read = file_count < limits.files && most > 0 ? textOf(run, name, most) : null;
    const text = read === null ? null : redactor.text(read.text);
    if (read === null || text === null || !write(folder, name, text)) {
      missing.push(name);
      continue;
    }
    if (read.isCut) cut.push(name);
    hash.update(`${name}\0${text}\0`);
    room -= text.length;
    file_count++;
  }
  const remarks = [
    ...(cut.length > 0 ? [`Only the beginning of these files is here: ${listed(cut)}.`] : []),
    ...(missing.length > 0
      ? [`These files are left out (binary, not readable, or too much): ${listed(missing)}.`]
      : []),
  ];
  return { nonce: hash.digest("hex").slice(0, NONCE_DIGITS), file_count, remarks, redactor };
}

/** The file up to so many characters; null where it is no text or cannot be read. */
function textOf(run: DiskRun, name: string, most: number): { text: string; isCut: boolean } | null {
  const lines: string[] = [];
  let chars = 0;
  try {
    for (const { text } of run.lines(name)) {
      if (text.includes("\0")) return null;
      if (chars + text.length + 1 > most) {
        lines.push(text.slice(0, most - chars));
        return { text: lines.join("\n"), isCut: true };
      }
      lines.push(text);
      chars += text.length + 1;
    }
  } catch {
    return null;
  }
  return { text: lines.length > 0 ? `${lines.join("\n")}\n` : "", isCut: false };
}

function write(folder: string, name: string, text: string): boolean {
  const file = path.join(folder, name);
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return true;
  } catch {
    return false;
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).join(", ");
  return names.length > MAX_NAMED ? `${shown} and ${names.length - MAX_NAMED} more` : shown;
}
