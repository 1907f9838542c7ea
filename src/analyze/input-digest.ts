import { createHash } from "node:crypto";
import path from "node:path";
import type { FoundRun } from "../extract/discover.ts";

/**
 * Changes when a file of the run is added, removed or written. Reads no contents. `stamp` stands for the files'
 * times where they were unpacked just now: the archive's own size and time.
 */
export function inputDigest(found: FoundRun, stamp: string | null): string {
  const { files } = found;
  const hash = createHash("sha256").update(`${files.focus ?? ""}\n${files.row ?? ""}\n${stamp ?? ""}\n`);
  // A revised or forgotten reader makes what it read stale.
  for (const { extractor } of found.candidates)
    if (extractor.learned !== undefined) hash.update(`learned ${extractor.learned.source_digest}\n`);
  for (const name of files.focus === null ? files.list() : filesOfSingle(found, files.focus)) {
    hash.update(`${name}\0${files.size(name)}\0${stamp === null ? files.mtimeMs(name) : ""}\n`);
  }
  return hash.digest("hex").slice(0, 32);
}

/** The file, what is claimed for it, and side files such as reports; other runs beside it are left out. */
function filesOfSingle(found: FoundRun, focus: string): string[] {
  const extension = fullExtension(focus);
  const claimed = new Set(found.candidates[0]?.extractor.claims?.(found.files) ?? []);
  return found.files
    .list()
    .filter(
      (name) =>
        name === focus || claimed.has(name) || (!name.includes("/") && fullExtension(name) !== extension),
    );
}

function fullExtension(name: string): string {
  const base = path.posix.basename(name);
  const inner = path.posix.extname(base.slice(0, -path.posix.extname(base).length || undefined));
  return inner + path.posix.extname(base);
}
