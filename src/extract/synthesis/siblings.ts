import fs from "node:fs";
import path from "node:path";
import { type DiskRun, openDirectory } from "../../run/disk-run.ts";
import { naturalOrder } from "../../run/listing.ts";
import { CodeTracerError } from "../../util/errors.ts";

const MAX_SIBLINGS = 4;
/** Folders that hold more are no runs that are looked at by the way. */
const MAX_ENTRIES = 2000;

/** What lies beside a run and may be another one. */
export interface Sibling {
  /** As it stands in the folder of the run. */
  name: string;
  files: DiskRun;
}

/** What lies beside a run and may be another one: folders beside a folder, files of its kind beside a file; the nearest four by name. */
export function openSiblings(target: string): Sibling[] {
  const real = realPath(target);
  const stat = real === null ? undefined : fs.statSync(real, { throwIfNoEntry: false });
  if (real === null || stat === undefined) return [];
  const parent = path.dirname(real);
  const own = path.basename(real);
  const names = stat.isDirectory() ? foldersIn(parent) : filesIn(parent, path.extname(own));
  return nearest(naturalOrder(names), own).flatMap((name) => opened(parent, name));
}

/** Names around one, nearest first. */
function nearest(names: readonly string[], own: string): string[] {
  const at = names.indexOf(own);
  return names
    .map((name, index) => ({ name, distance: Math.abs(index - at) }))
    .filter(({ name, distance }) => name !== own && distance <= MAX_SIBLINGS)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SIBLINGS)
    .map(({ name }) => name);
}

function opened(parent: string, name: string): Sibling[] {
  const place = path.join(parent, name);
  if (!isSmall(place)) return [];
  try {
    return [{ name, files: openDirectory(place) }];
  } catch (error) {
    if (error instanceof CodeTracerError) return [];
    throw error;
  }
}

function isSmall(place: string): boolean {
  const open = [place];
  let count = 0;
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = entriesIn(folder);
    count += entries.length;
    if (count > MAX_ENTRIES) return false;
    for (const entry of entries) if (entry.isDirectory()) open.push(path.join(folder, entry.name));
  }
  return true;
}

function foldersIn(folder: string): string[] {
  return entriesIn(folder)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name);
}

function filesIn(folder: string, extension: string): string[] {
  return entriesIn(folder)
    .filter((entry) => entry.isFile() && path.extname(entry.name) === extension)
    .map((entry) => entry.name);
}

function entriesIn(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function realPath(target: string): string | null {
  try {
    return fs.realpathSync(target);
  } catch {
    return null;
  }
}
