import fs from "node:fs";

const MB = 1024 * 1024;
const PERIOD_MS = 20;
const MAX_THREADS = 80;
const MAX_FILES = 20_000;

/**
 * Looks at all processes below `pid` many times a second, and calls `exceeded` once when together they hold more than `memoryMb`, or are too
 * many, or make too many files in `places` (paths inside the sandbox). Limits per process do not bound their sum, and the limit on
 * their number does not hold for root. Needs Linux; elsewhere it sees nothing. Returns how to stop looking.
 */
export function watchProcesses(
  pid: number,
  memoryMb: number,
  places: readonly string[],
  exceeded: () => void,
): () => void {
  const timer = setInterval(() => {
    const total = totalBelow(pid);
    if (total.bytes <= memoryMb * MB && total.threads <= MAX_THREADS && !isCrowded(total.inside, places))
      return;
    clearInterval(timer);
    exceeded();
  }, PERIOD_MS);
  timer.unref();
  return () => clearInterval(timer);
}

interface Total {
  bytes: number;
  threads: number;
  /** A process that sees the files of the sandbox; null = there is none yet. */
  inside: number | null;
}

function totalBelow(pid: number): Total {
  const total: Total = { bytes: 0, threads: 0, inside: null };
  const open = [pid];
  for (let next = open.pop(); next !== undefined && total.threads <= MAX_THREADS; next = open.pop()) {
    const tasks = tasksOf(next);
    const status = readText(`/proc/${next}/status`);
    total.threads += tasks.length;
    total.bytes += residentBytes(status);
    if (isInside(status)) total.inside = next;
    for (const task of tasks) open.push(...childrenOf(next, task));
  }
  return total;
}

function tasksOf(pid: number): string[] {
  try {
    return fs.readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function childrenOf(pid: number, task: string): number[] {
  return readText(`/proc/${pid}/task/${task}/children`).split(" ").filter(Boolean).map(Number);
}

/** Memory that is the process's own: not the programs, which lie in files. */
function residentBytes(status: string): number {
  const counts = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0) * 1024;
}

/** It has a second id, in the sandbox, and is not the first process there, which still sees the host's files while it makes the sandbox. */
function isInside(status: string): boolean {
  return /^NSpid:\t\d+\t(?:\d+\t)*(?!1$)\d+$/m.test(status);
}

function isCrowded(pid: number | null, places: readonly string[]): boolean {
  if (pid === null) return false;
  return places.some((place) => {
    try {
      const { files, ffree } = fs.statfsSync(`/proc/${pid}/root${place}`);
      return files - ffree > MAX_FILES;
    } catch {
      return false;
    }
  });
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    // A process that has just ended.
    return "";
  }
}
