import fs from "node:fs";
import path from "node:path";
import { kill, pid as ownPid } from "node:process";
import { CodeTracerError } from "../../util/errors.ts";

const LOCK_FILE = "lock";

/**
 * Keeps a second process out of an experiment's folder. A lock whose process is gone is taken over. Returns how to give it back. Throws CodeTracerError
 * `bad_argument` where another process is at work there.
 */
export function lock(out: string): () => void {
  const file = path.join(out, LOCK_FILE);
  const holder = read(file);
  if (holder !== "" && isAlive(holder)) {
    throw new CodeTracerError(
      "bad_argument",
      `${out}: another replay run is at work here (process ${Number(holder.split(" ")[0])}); wait for it, or give another --out`,
      { path: file },
    );
  }
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(file, identity(ownPid));
  return () => fs.rmSync(file, { force: true });
}

/** A process id, and where /proc tells it when the process began: ids are used again. */
function identity(pid: number): string {
  return `${pid} ${startTime(pid)}`;
}

function isAlive(holder: string): boolean {
  const pid = Number(holder.split(" ")[0]);
  if (!Number.isInteger(pid) || pid <= 0 || pid === ownPid) return false;
  try {
    kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" && identity(pid) === holder;
  }
  return identity(pid) === holder;
}

/** Field 22 of /proc/<pid>/stat; the name before it may hold blanks and brackets. "" where there is none. */
function startTime(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return (
    stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .at(19) ?? ""
  );
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
