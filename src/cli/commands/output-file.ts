import fs from "node:fs";
import path from "node:path";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import type { Io } from "../io.ts";

/**
 * Writes a text to a file, whole or not at all, and returns the file's name as it was given. `rawRun` is the raw run that was read:
 * nothing is written inside it. Throws CodeTracerError `inside_run_directory` and `bad_argument`.
 */
export function writeOutput(file: string, text: string, rawRun: string | null, io: Io): string {
  const target = path.resolve(io.cwd, file);
  if (rawRun !== null && isInside(realish(target), realish(path.resolve(io.cwd, rawRun))))
    throw new CodeTracerError(
      "inside_run_directory",
      `${file} lies inside the run ${rawRun}, where nothing is written; give another file`,
    );
  const partial = `${target}.partial`;
  try {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(partial, text);
    fs.renameSync(partial, target);
  } catch (error) {
    if (fs.existsSync(partial)) fs.rmSync(partial);
    throw new CodeTracerError("bad_argument", `${file} cannot be written: ${messageOf(error)}`, {
      path: target,
    });
  }
  return file;
}

/** The real path, also where its last parts do not exist yet. */
function realish(target: string): string {
  let existing = target;
  while (!fs.existsSync(existing) && path.dirname(existing) !== existing) existing = path.dirname(existing);
  return path.join(fs.realpathSync(existing), path.relative(existing, target));
}

function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}
