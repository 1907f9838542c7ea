import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

const SESSION = "codetracer.temporary-folders";
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Folders that this thread made and has not removed yet. */
const folders = new Set<string>();

/** A fresh folder that only this user can read. It is removed when the process ends. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), prefix()));
  if (folders.size === 0) listen();
  folders.add(folder);
  return folder;
}

/** Removes one folder. Never throws: a folder that stays behind must not cost the caller its result. */
export function removeTemporaryFolder(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
  } catch {
    return;
  } finally {
    folders.delete(folder);
    if (folders.size === 0) stopListening();
  }
}

/**
 * Removes every folder that this process still has, those of its worker threads as well: a worker sees no
 * signals and does not run on when the process is told to exit. To be called where a program ends.
 */
export function removeTemporaryFolders(): void {
  for (const folder of [...folders]) removeTemporaryFolder(folder);
  const session = prefix();
  for (const name of namesIn(os.tmpdir())) {
    if (name.startsWith(session)) removeTemporaryFolder(path.join(os.tmpdir(), name));
  }
}

/** To be called before worker threads start: what they unpack can then be removed from this thread. */
export function shareTemporaryFolders(): void {
  prefix();
}

/** The same in all threads that were started since it was first asked for, and in no other process. */
function prefix(): string {
  let session = getEnvironmentData(SESSION);
  if (typeof session !== "string") {
    session = randomBytes(6).toString("hex");
    setEnvironmentData(SESSION, session);
  }
  return `codetracer-${session}-`;
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function listen(): void {
  process.once("exit", removeTemporaryFolders);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function stopListening(): void {
  process.removeListener("exit", removeTemporaryFolders);
  for (const signal of SIGNALS) process.removeListener(signal, onSignal);
}

/** Where somebody else handles the signal, it is theirs to end the process; else it ends as if nobody listened. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  removeTemporaryFolders();
  stopListening();
  process.kill(process.pid, signal);
}
