import fs from "node:fs";
import path from "node:path";
import { discoverRuns, type FoundRun } from "../extract/discover.ts";
import type { Extractor } from "../extract/extractor.ts";
import { readersWith } from "../extract/learned/readers.ts";
import { noExtractorError } from "../extract/no-extractor.ts";
import { isArchive, isArchiveName, isDoubtfulArchiveName } from "../run/archive.ts";
import { type DiskRun, openDirectory } from "../run/disk-run.ts";
import type { Job } from "./analyze-run.ts";

/** What the user asked for, before the runs are known. */
export type JobOptions = Pick<Job, "redact" | "trace" | "force" | "memory" | "learned">;

/**
 * Splits the targets into jobs of one run (or one archive) each, so that a batch can spread them over workers.
 * A directory's archives are jobs too, unless a run owns them. Throws CodeTracerError where a target cannot be
 * opened or holds no run.
 */
export function planJobs(targets: readonly string[], out: string | null, options: JobOptions): Job[] {
  const taken = new Set<string>();
  const { extractors } = readersWith(options.learned ?? null);
  return targets.flatMap((target) => {
    const base = out === null ? null : uniqueFolder(out, target, taken);
    return jobsOf(target, extractors).map(({ place, ...job }) => ({
      ...job,
      ...options,
      out: base === null ? null : path.join(base, place),
    }));
  });
}

type PlannedJob = Pick<Job, "target" | "shownAs" | "leftOut"> & { place: string };

function jobsOf(target: string, extractors: readonly Extractor[]): PlannedJob[] {
  const isDirectory = fs.statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isDirectory) return [{ target, shownAs: shownFolder(target), place: "", leftOut: [] }];
  const opened = openDirectory(target);
  const discovery = discoverRuns(opened, extractors);
  const archives = archivesOutside(opened, discovery.runs);
  if (discovery.runs.length + archives.length === 0) throw noExtractorError(opened, discovery, extractors);
  // Beside several runs it is not known to which of them a left-out file would belong.
  const leftOut = discovery.runs.length === 1 ? opened.problems : [];
  return [
    ...oneOfEachFile(discovery.runs).map((run) => ({
      leftOut,
      target: path.join(target, run.folder, run.files.focus ?? ""),
      shownAs: path.join(target, run.folder),
      place: run.folder,
    })),
    ...archives.map((name) => ({
      leftOut: [],
      target: path.join(target, name),
      shownAs: path.join(target, name),
      place: name,
    })),
  ];
}

/** The rows of one file are one job: its lines are looked up in an index that is made once. */
function oneOfEachFile(runs: readonly FoundRun[]): FoundRun[] {
  return [...new Map(runs.map((run) => [`${run.folder}/${run.files.focus ?? ""}`, run])).values()];
}

/** A single-file run is named by its folder and its file; an archive by itself. */
function shownFolder(target: string): string {
  return isArchive(target) ? target : path.dirname(target);
}

function archivesOutside(opened: DiskRun, runs: readonly FoundRun[]): string[] {
  const folders = runs.filter((run) => run.files.focus === null).map((run) => run.folder);
  const owned = (name: string): boolean =>
    folders.some((folder) => folder === "" || name.startsWith(`${folder}/`));
  const isOne = (name: string): boolean =>
    isArchiveName(name) || (isDoubtfulArchiveName(name) && isArchive(path.join(opened.root, name)));
  return opened.list().filter((name) => isOne(name) && !owned(name));
}

/** The folder of a target below `out`, named like the target; a second target of that name gets a number. */
function uniqueFolder(out: string, target: string, taken: Set<string>): string {
  const resolved = path.resolve(target);
  const isFile = fs.statSync(target, { throwIfNoEntry: false })?.isFile() ?? false;
  const name =
    isFile && !isArchive(target)
      ? path.basename(path.dirname(resolved))
      : withoutArchiveExtension(path.basename(resolved));
  let unique = name === "" ? "run" : name;
  for (let count = 2; taken.has(unique); count++) unique = `${name}-${count}`;
  taken.add(unique);
  return path.join(out, unique);
}

function withoutArchiveExtension(name: string): string {
  return name.replace(/\.(?:tar\.(?:zst|gz)|tgz|tar|zip|eval)$/, "");
}
