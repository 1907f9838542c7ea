import fs from "node:fs";

/** Processes of this machine that sleep for this number of seconds. */
export function sleeping(seconds: string): string[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return fs.readFileSync(`/proc/${name}/cmdline`, "utf8");
      } catch {
        return "";
      }
    })
    .filter((line) => line === `sleep\0${seconds}\0`);
}
