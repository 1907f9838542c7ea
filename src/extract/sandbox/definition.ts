import { CodeTracerError } from "../../util/errors.ts";
import type { Fingerprint } from "../extractor.ts";

/** A model-written extractor as it is kept: what an `Extractor` says about itself, and its code. */
export interface SandboxDefinition {
  /** As a folder is named: lower-case words with hyphens. */
  id: string;
  title: string;
  version: number;
  fingerprint: Fingerprint;
  /** `extractor.js`. */
  source: string;
}

const MAX_SOURCE_CHARS = 500_000;
const MAX_GLOBS = 20;
const MAX_GLOB_CHARS = 200;
/** Each star multiplies the time that a name which does not fit can take. */
const MAX_STARS = 3;

/** Throws `bad_extractor` where a definition cannot be used. */
export function checkDefinition({ id, title, version, fingerprint, source }: SandboxDefinition): void {
  const globs = [...(fingerprint.directories ?? []), ...(fingerprint.files ?? [])];
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(id)) throw bad("the id must be lower-case words with hyphens");
  if (title.trim() === "") throw bad(`${id} has no title`);
  if (!Number.isInteger(version) || version < 1) throw bad(`the version of ${id} must be 1 or more`);
  if (globs.length === 0 || globs.length > MAX_GLOBS)
    throw bad(`the fingerprint of ${id} must name 1 to ${MAX_GLOBS} globs in directories and files`);
  if (!globs.every(isPlainGlob))
    throw bad(
      `a glob of ${id} is not allowed; take paths inside the run with * in a name, at most three in each, without ** .. and braces`,
    );
  if ((fingerprint.files ?? []).some((glob) => glob.includes("/")))
    throw bad(`fingerprint.files of ${id} holds names of files, without folders`);
  if (source.length > MAX_SOURCE_CHARS)
    throw bad(`extractor.js of ${id} is longer than ${MAX_SOURCE_CHARS} characters`);
}

function isPlainGlob(glob: string): boolean {
  if (glob === "" || glob.length > MAX_GLOB_CHARS || /[\\()!+@{}]|^\//.test(glob)) return false;
  return glob.split("/").every((name) => {
    const stars = name.split("*").length - 1;
    return name !== ".." && stars <= MAX_STARS && !name.includes("**");
  });
}

function bad(message: string): CodeTracerError {
  return new CodeTracerError("bad_extractor", message);
}
