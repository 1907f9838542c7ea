import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";

/** The file by which a user says that commands may change what a folder holds. */
export const MARKER = ".codetracer-replay";

/** What must not be taken for the folder of a replay. */
export interface Precious {
  /** null = not known. */
  home: string | null;
  /** Where the recording lies; null = not known. */
  run: string | null;
  allow_checkout: boolean;
}

/** The folder that recorded commands change, and the one beside it in which the replay keeps its own state. */
export interface WorkFolder {
  folder: string;
  state: string;
}

/**
 * Checks that recorded commands may run in a folder, and makes the one beside it for the state, `<folder>.codetracer-replay`: what lay within
 * would be seen by the commands. The folder must be empty, carry the marker, or have been the folder of a replay before. Throws CodeTracerError `bad_argument`
 * or `inside_run_directory`.
 */
export function openWorkFolder(given: string, precious: Precious): WorkFolder {
  if (!fs.statSync(given, { throwIfNoEntry: false })?.isDirectory())
    throw refused(given, "is no folder; make an empty one");
  const folder = fs.realpathSync(given);
  refusePrecious(folder, precious);
  const state = `${folder}${MARKER}`;
  if (!fs.existsSync(state)) {
    if (!precious.allow_checkout) refuseCheckout(folder);
    const names = fs.readdirSync(folder);
    const isCheckout = precious.allow_checkout && names.includes(".git");
    if (names.length > 0 && !names.includes(MARKER) && !isCheckout)
      throw refused(
        folder,
        `is not empty; take an empty folder, or put a file ${MARKER} into this one to say that recorded commands may change and delete what it holds`,
      );
    fs.mkdirSync(state, { recursive: true });
    fs.rmSync(path.join(folder, MARKER), { force: true });
  }
  return { folder, state };
}

function refusePrecious(folder: string, { home, run }: Precious): void {
  if (folder === path.parse(folder).root) throw refused(folder, "is the root of the system");
  if (home !== null && isInside(real(home), folder)) throw refused(folder, "is, or holds, your home");
  if (run === null) return;
  const runFolder = real(run);
  if (isInside(runFolder, folder) || isInside(folder, runFolder))
    throw new CodeTracerError(
      "inside_run_directory",
      `--workdir: ${folder} is, holds, or lies in the recorded run ${runFolder}, where nothing is written; take another folder`,
    );
}

/** Git looks for its folder upwards: commands would reach a checkout that the folder lies in. */
function refuseCheckout(folder: string): void {
  for (let above = folder; ; above = path.dirname(above)) {
    if (fs.existsSync(path.join(above, ".git")))
      throw refused(
        folder,
        `${above === folder ? "is" : `lies in ${above},`} a git checkout; take another folder, or say --allow-checkout`,
      );
    if (above === path.dirname(above)) return;
  }
}

function refused(folder: string, why: string): CodeTracerError {
  return new CodeTracerError("bad_argument", `--workdir: ${folder} ${why}`);
}

function real(place: string): string {
  try {
    return fs.realpathSync(place);
  } catch {
    return path.resolve(place);
  }
}

function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === "" || (!/^\.\.(?:\/|$)/.test(relative) && !path.isAbsolute(relative));
}
