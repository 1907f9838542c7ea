import fs from "node:fs";
import { kill } from "node:process";

/** The variable that every process of an attempt inherits. Its value names the experiment and the attempt. */
export const MARK = "CODETRACER_ATTEMPT";

/** A process that is being ended may have started another one meanwhile. */
const MAX_ROUNDS = 5;

/** Ends a process group. What is gone already is passed over. */
export function killGroup(pid: number | undefined): void {
  if (pid !== undefined) killOne(-pid);
}

/**
 * Ends every process of this user's whose mark begins with `mark`, wherever it hangs: what daemons itself leaves its group, and what an experiment that was
 * killed had started goes on alone. Needs /proc; elsewhere it does nothing. Returns how many it met.
 */
export function killMarked(mark: string): number {
  let met = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const pids = markedPids(mark);
    if (pids.length === 0) return met;
    met += pids.length;
    for (const pid of pids) killOne(pid);
  }
  return met;
}

function markedPids(mark: string): number[] {
  const wanted = `\0${MARK}=${mark}`;
  return list("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => `\0${read(`/proc/${name}/environ`)}`.includes(wanted))
    .map(Number);
}

function killOne(pid: number): void {
  try {
    kill(pid, "SIGKILL");
  } catch {
    // Gone, or not ours.
  }
}

function list(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    // Ended meanwhile, or another user's.
    return "";
  }
}
