import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Warning } from "../trajectory/trajectory.ts";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { removeTemporaryFolder, temporaryFolder } from "../util/temporary-folder.ts";
import { isArchiveName, kindOf } from "./archive/kind.ts";
import { unpackStream } from "./archive/stream.ts";
import { type ArchiveLimits, DEFAULT_LIMITS, UnpackFolder } from "./archive/unpack-folder.ts";
import { unpackZip } from "./archive/zip.ts";
import { readHead } from "./bytes.ts";
import { errorCode } from "./listing.ts";

export { isArchiveName, isDoubtfulArchiveName } from "./archive/kind.ts";

const HEAD_BYTES = 512;

/** Where an archive was unpacked to, and what of it was left out. */
export interface UnpackedArchive {
  /** A fresh private folder. It is removed by `dispose` and when the process ends. */
  directory: string;
  problems: Warning[];
  dispose(): void;
}

/** Whether a file is an archive, by its first bytes or else by its name, so that a damaged one is one too. */
export function isArchive(file: string): boolean {
  try {
    if (!fs.statSync(file).isFile()) return false;
    if (isArchiveName(file)) return true;
    return kindOf(readHead(fs.realpathSync(file), HEAD_BYTES)).format !== "unknown";
  } catch {
    return false;
  }
}

/**
 * Unpacks the regular files of a `.tar`, `.tar.gz`, `.tar.zst` or `.zip`, or the one file of a `.gz` or `.zst`,
 * into a private temporary folder. Links, devices and names that lead out of the folder are left out and
 * reported; of an archive that is cut off, what is there is kept. Throws CodeTracerError `bad_archive` where
 * nothing can be read or a limit is passed, and `unreadable` where the file cannot be opened.
 */
export async function unpackArchive(
  file: string,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): Promise<UnpackedArchive> {
  const { source, head } = openedFile(file);
  const kind = kindOf(head);
  if (kind.refusal !== null) throw badArchive(file, kind.refusal);
  const directory = temporaryFolder();
  const dispose = (): void => removeTemporaryFolder(directory);
  try {
    const target = new UnpackFolder(directory, limits);
    if (kind.format === "zip") await unpackZip(source, target);
    else await unpackStream({ file: source, name: path.basename(file), format: kind.format }, target);
    return { directory, problems: target.problems, dispose };
  } catch (error) {
    dispose();
    throw badArchive(file, error instanceof CodeTracerError ? error.message : adviceOn(error), error);
  }
}

/** The file's real path and its first bytes. */
function openedFile(file: string): { source: string; head: Buffer } {
  try {
    const source = fs.realpathSync(file);
    if (fs.statSync(source).isFile()) return { source, head: readHead(source, HEAD_BYTES) };
  } catch (error) {
    const message = `${file}: cannot be read (${errorCode(error)}); check the path and its permissions`;
    throw new CodeTracerError("unreadable", message, { path: file, cause: error });
  }
  throw badArchive(file, "this is no file; give the archive itself, or the folder it was unpacked to");
}

function badArchive(file: string, reason: string, cause?: unknown): CodeTracerError {
  return new CodeTracerError("bad_archive", `${file}: ${reason}`, { path: file, cause });
}

function adviceOn(error: unknown): string {
  const code = errorCode(error);
  if (code === "ENOSPC" || code === "EDQUOT") {
    return `no room to unpack it in ${os.tmpdir()}; free some, or set TMPDIR to a folder on a larger disk`;
  }
  return `cannot be unpacked (${messageOf(error)}); unpack it yourself and give the folder`;
}
