import { createHash } from "node:crypto";

/** Names that `mkdtemp` and Python's `tempfile` make up, and moments: they differ from run to run of one task. */
const MADE_UP =
  /\btmp[a-z0-9_]{6,10}\b|\b\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?/g;

/**
 * A key that runs of one task share, read off the task's text: case, white space, names of temporary folders and
 * points in time do not count. null = the task is not recorded, or says nothing.
 */
export function taskKey(task: string | null): string | null {
  if (task === null) return null;
  const normal = task.normalize("NFKC").toLowerCase().replace(MADE_UP, "*").replace(/\s+/g, " ").trim();
  return normal === "" ? null : createHash("sha256").update(normal).digest("hex").slice(0, 16);
}

const SHOWN_CHARS = 200;

/** A task's first words on one line; null = not recorded. */
export function taskGist(task: string | null): string | null {
  const line = (task ?? "").replace(/\s+/g, " ").trim();
  if (line === "") return null;
  return line.length <= SHOWN_CHARS ? line : `${line.slice(0, SHOWN_CHARS - 1).toWellFormed()}…`;
}
