import os from "node:os";
import path from "node:path";

/** The user's folder for what is kept between calls: `$CODETRACER_HOME`, else `codetracer` in the XDG data directory. */
export function dataFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.CODETRACER_HOME) return path.resolve(env.CODETRACER_HOME);
  // The specification has relative paths ignored.
  const xdg = env.XDG_DATA_HOME;
  if (xdg && path.isAbsolute(xdg)) return path.join(xdg, "codetracer");
  return path.join(env.HOME || os.homedir(), ".local", "share", "codetracer");
}
