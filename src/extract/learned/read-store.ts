import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";
import { type LearnedRecord, LearnedRecordSchema } from "./record.ts";

/** The names of the files of a version, and of what stands beside the versions. */
export const STORE_FILES = {
  source: "extractor.js",
  note: "EXTRACTOR.md",
  record: "record.json",
  current: "current",
  samples: "samples",
} as const;

/** A version that was read whole. */
export interface StoredVersion {
  folder: string;
  record: LearnedRecord;
  source: string;
  note: string;
}

/** A learned extractor with what stands of it in the store. */
export interface StoredExtractor {
  id: string;
  folder: string;
  /** Numbers of the versions that are there, in order; broken ones among them. */
  versions: readonly number[];
  /** The one that is in use. */
  current: StoredVersion;
}

/** What a store holds. A broken entry is warned about and left out. */
export interface StoreContent {
  extractors: readonly StoredExtractor[];
  /** Each with its place. */
  warnings: readonly string[];
}

/** Reads the store; one that is not there yet is empty. Never throws. */
export function readStore(folder: string): StoreContent {
  const extractors: StoredExtractor[] = [];
  const warnings: string[] = isFolderOrNothing(folder)
    ? []
    : [
        `${folder}: the store of learned extractors is no folder, or cannot be read, and none is used; check it, or set CODETRACER_HOME to another folder`,
      ];
  for (const id of idsIn(folder)) {
    try {
      extractors.push(readExtractor(folder, id));
    } catch (error) {
      const why =
        error instanceof CodeTracerError ? error.message : `${path.join(folder, id)}: cannot be read`;
      warnings.push(why);
    }
  }
  return { extractors, warnings };
}

/** One extractor of the store. Throws CodeTracerError `bad_argument` where there is none, `bad_extractor` where its current version is broken. */
export function readExtractor(store: string, id: string): StoredExtractor {
  const folder = path.join(store, id);
  const versions = isId(id) ? versionsIn(folder) : [];
  if (versions.length === 0) throw noSuchExtractor(store, id);
  const version = currentIn(folder);
  if (version === null || !versions.includes(version))
    throw broken(path.join(folder, STORE_FILES.current), id, true);
  return { id, folder, versions, current: readVersion(folder, id, version) };
}

/** The names of the extractors in a store, broken ones among them. */
export function idsIn(store: string): string[] {
  return namesIn(store).filter(isId);
}

/** The error `bad_argument` for an extractor that is not in the store. */
export function noSuchExtractor(store: string, id: string): CodeTracerError {
  const known = idsIn(store);
  const there =
    known.length > 0 ? `are: ${known.join(", ")}` : "are none: codetracer extractors learn <run> makes one";
  return new CodeTracerError(
    "bad_argument",
    `no learned extractor ${JSON.stringify(id)} in ${store}; there ${there}`,
  );
}

/** A version, checked against its own record. Throws CodeTracerError `bad_extractor`. */
export function readVersion(folder: string, id: string, version: number): StoredVersion {
  const place = path.join(folder, String(version));
  try {
    const source = fs.readFileSync(path.join(place, STORE_FILES.source), "utf8");
    const note = fs.readFileSync(path.join(place, STORE_FILES.note), "utf8");
    const written: unknown = JSON.parse(fs.readFileSync(path.join(place, STORE_FILES.record), "utf8"));
    const record = LearnedRecordSchema.parse(written);
    const isWhole =
      record.source_digest === sourceDigest(source) && record.format.id === id && record.version === version;
    if (isWhole) return { folder: place, record, source, note };
  } catch {
    // What exactly is wrong with it does not change what to do.
  }
  throw broken(place, id, versionsIn(folder).length > 1);
}

function isFolderOrNothing(folder: string): boolean {
  try {
    fs.readdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

/** SHA-256 of the code, as it stands in the record. */
export function sourceDigest(source: string): string {
  return createHash("sha256").update(source).digest("hex");
}

/** The versions that lie there, in order. */
export function versionsIn(folder: string): number[] {
  return namesIn(folder)
    .filter((name) => /^[1-9]\d{0,5}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The number of the version that is in use; null = nothing says so. */
export function currentIn(folder: string): number | null {
  try {
    const text = fs.readFileSync(path.join(folder, STORE_FILES.current), "utf8").trim();
    return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
  } catch {
    return null;
  }
}

function broken(place: string, id: string, hasOthers: boolean): CodeTracerError {
  const back = hasOthers ? `take a whole version with codetracer extractors rollback ${id}, or ` : "";
  return new CodeTracerError(
    "bad_extractor",
    `${place}: this version of the learned extractor ${id} is not whole and is not used; ${back}remove it with codetracer extractors forget ${id}`,
    { path: place },
  );
}

function isId(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,39}$/.test(name);
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
}
