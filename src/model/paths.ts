import os from "node:os";
import path from "node:path";

/** A path that the user wrote, as an absolute one; `~/` is the home directory, since no shell sees what follows a colon. */
export function absolutePath(written: string, cwd: string): string {
  return written.startsWith("~/") ? path.join(os.homedir(), written.slice(2)) : path.resolve(cwd, written);
}
