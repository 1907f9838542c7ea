import path from "node:path";
import { type DiskRun, matcher } from "../run/disk-run.ts";
import type { Extractor } from "./extractor.ts";

/** A folder, or a file in it, whose names fit a fingerprint. */
export interface Place {
  folder: string;
  focus: string | null;
  extractors: Extractor[];
}

/**
 * Every folder and file whose names fit a fingerprint: outer folders first, folders before files. A file that was opened by itself is offered to every reader of
 * single files where `isAnyName`.
 */
export function candidatePlaces(
  opened: DiskRun,
  extractors: readonly Extractor[],
  isAnyName: boolean,
): Place[] {
  const places = new Map<string, Place>();
  const add = (folder: string, focus: string | null, extractor: Extractor): void => {
    const key = `${folder}\0${focus ?? ""}`;
    const place = places.get(key) ?? { folder, focus, extractors: [] };
    if (!place.extractors.includes(extractor)) place.extractors.push(extractor);
    places.set(key, place);
  };
  const names = opened.focus === null ? opened.list() : [opened.focus];
  for (const extractor of extractors) {
    for (const glob of extractor.fingerprint.directories ?? []) {
      if (opened.focus === null || glob.includes("/") === false) {
        for (const folder of foldersAbove(names, glob)) add(folder, null, extractor);
      }
    }
    for (const glob of extractor.fingerprint.files ?? []) {
      const matches = matcher(glob);
      for (const name of names) {
        if (matches(path.posix.basename(name))) add(parentOf(name), path.posix.basename(name), extractor);
      }
    }
    if (isAnyName && opened.focus !== null && extractor.fingerprint.files) add("", opened.focus, extractor);
  }
  return [...places.values()].sort(
    (a, b) =>
      Number(a.focus !== null) - Number(b.focus !== null) ||
      depth(a.folder) - depth(b.folder) ||
      compare(a.folder, b.folder),
  );
}

/** The folders that hold a file at the glob's relative path. The glob's depth is fixed: `**` is not used. */
function foldersAbove(names: readonly string[], glob: string): Set<string> {
  const segments = glob.split("/").length;
  const matches = matcher(glob);
  const lastSegment = matcher(glob.slice(glob.lastIndexOf("/") + 1));
  const folders = new Set<string>();
  for (const name of names) {
    if (!lastSegment(name.slice(name.lastIndexOf("/") + 1))) continue;
    const parts = name.split("/");
    if (parts.length < segments || !matches(parts.slice(-segments).join("/"))) continue;
    folders.add(parts.slice(0, -segments).join("/"));
  }
  return folders;
}

function parentOf(name: string): string {
  const slash = name.lastIndexOf("/");
  return slash < 0 ? "" : name.slice(0, slash);
}

function depth(folder: string): number {
  return folder === "" ? 0 : folder.split("/").length;
}

/** Order of names, by code units. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
