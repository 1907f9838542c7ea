import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";
import {
  currentIn,
  idsIn,
  noSuchExtractor,
  readVersion,
  STORE_FILES,
  type StoredVersion,
  versionsIn,
} from "./read-store.ts";
import type { LearnedRecord } from "./record.ts";
import { type TakenSample, writeSample } from "./samples.ts";

/** What is kept of an accepted version. */
export interface NewVersion {
  record: LearnedRecord;
  source: string;
  note: string;
  /** Those of the record that are not in the store yet. */
  samples: readonly TakenSample[];
}

/** Makes the store where it is not there yet. Throws CodeTracerError `bad_extractor` where nothing can be written: that is told before a model is paid. */
export function requireWritable(store: string): void {
  const probe = path.join(store, `.${randomBytes(6).toString("hex")}.partial`);
  try {
    fs.mkdirSync(probe, { recursive: true });
    fs.rmdirSync(probe);
  } catch (cause) {
    throw unwritable(store, cause);
  }
}

/** The number that the next version of an extractor gets. */
export function nextVersion(store: string, id: string): number {
  return (versionsIn(path.join(store, id)).at(-1) ?? 0) + 1;
}

/** Adds a version and makes it the current one: whole or not at all. Earlier ones stay. Throws CodeTracerError `bad_extractor`. */
export function saveVersion(store: string, { record, source, note, samples }: NewVersion): StoredVersion {
  const { id } = record.format;
  const folder = path.join(store, id);
  const partial = path.join(folder, `.${randomBytes(6).toString("hex")}.partial`);
  try {
    fs.mkdirSync(partial, { recursive: true });
    for (const sample of samples) writeSample(path.join(folder, STORE_FILES.samples), sample);
    fs.writeFileSync(path.join(partial, STORE_FILES.source), source);
    fs.writeFileSync(path.join(partial, STORE_FILES.note), note);
    fs.writeFileSync(path.join(partial, STORE_FILES.record), `${JSON.stringify(record, null, 2)}\n`);
    fs.renameSync(partial, path.join(folder, String(record.version)));
    setCurrent(store, id, record.version);
  } catch (cause) {
    if (cause instanceof CodeTracerError) throw cause;
    throw unwritable(folder, cause);
  } finally {
    if (fs.existsSync(partial)) fs.rmSync(partial, { recursive: true, force: true });
  }
  return readVersion(folder, id, record.version);
}

/** Makes a version the one in use. Throws CodeTracerError `bad_argument` for one that is not there, `bad_extractor` for a broken one. */
export function setCurrent(store: string, id: string, version: number): void {
  const folder = path.join(store, id);
  const versions = versionsIn(folder);
  if (!versions.includes(version)) {
    const there = versions.length > 0 ? `has the versions ${versions.join(", ")}` : "is not in the store";
    throw new CodeTracerError("bad_argument", `no version ${version} of ${id}, which ${there}`);
  }
  readVersion(folder, id, version);
  const file = path.join(folder, STORE_FILES.current);
  const partial = `${file}.${randomBytes(6).toString("hex")}.partial`;
  try {
    fs.writeFileSync(partial, `${version}\n`);
    fs.renameSync(partial, file);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/** Makes the newest whole version before the current one the one in use, and returns its number. Throws CodeTracerError `bad_argument` where there is none. */
export function goBack(store: string, id: string): number {
  const folder = path.join(store, id);
  const current = currentIn(folder) ?? Number.POSITIVE_INFINITY;
  const earlier = versionsIn(folder).filter((version) => version < current && isWhole(folder, id, version));
  const chosen = earlier.at(-1);
  if (chosen === undefined)
    throw new CodeTracerError(
      "bad_argument",
      `there is no earlier version of ${id} in ${store} to go back to`,
    );
  setCurrent(store, id, chosen);
  return chosen;
}

function isWhole(folder: string, id: string, version: number): boolean {
  try {
    readVersion(folder, id, version);
    return true;
  } catch (error) {
    if (error instanceof CodeTracerError) return false;
    throw error;
  }
}

/** Removes an extractor with all its versions and samples. Throws CodeTracerError `bad_argument` where there is none. */
export function forgetExtractor(store: string, id: string): void {
  const folder = path.join(store, id);
  if (!idsIn(store).includes(id)) throw noSuchExtractor(store, id);
  // Gone for every reader at once, whatever becomes of the removal.
  const gone = path.join(store, `.${id}.${randomBytes(6).toString("hex")}.removed`);
  try {
    fs.renameSync(folder, gone);
    fs.rmSync(gone, { recursive: true, force: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

function unwritable(folder: string, cause: unknown): CodeTracerError {
  const code = (cause as { code?: string } | null)?.code ?? "unknown error";
  return new CodeTracerError(
    "bad_extractor",
    `${folder}: the store of learned extractors cannot be written (${code}); check its permissions, or set CODETRACER_HOME to another folder`,
    { path: folder, cause },
  );
}
