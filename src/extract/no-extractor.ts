import path from "node:path";
import type { DiskRun } from "../run/disk-run.ts";
import { CodeTracerError } from "../util/errors.ts";
import { type Discovery, discoverRuns } from "./discover.ts";
import { type Extractor, NOT_MINE } from "./extractor.ts";
import { type FilesFound, filesFound } from "./files-found.ts";
import { nearestFormats } from "./nearest.ts";

const MAX_PLACES = 8;
const MAX_GLOBS = 4;
const MAX_PROBLEMS = 5;

/** Finds every run like `discoverRuns`. Throws CodeTracerError `no_extractor` where there is none. */
export function requireRuns(opened: DiskRun, extractors: readonly Extractor[]): Discovery {
  const discovery = discoverRuns(opened, extractors);
  if (discovery.runs.length === 0) throw noExtractorError(opened, discovery, extractors);
  return discovery;
}

/**
 * The error for a directory in which no run was recognised: what was found, which formats come near and what they
 * lack, what was looked for, and what to do next.
 */
export function noExtractorError(
  opened: DiskRun,
  discovery: Discovery,
  extractors: readonly Extractor[],
): CodeTracerError {
  const target = path.join(opened.root, opened.focus ?? "");
  const found = filesFound(opened);
  const lines = [
    `no extractor fits ${target}`,
    ...section(`found: ${filesInWords(found.count)}`, found.lines, MAX_PLACES, { always: true }),
    ...section("left out:", leftOut(opened), MAX_PROBLEMS),
    ...section(
      "looked right by name, but not by what is inside:",
      refusedWithReason(discovery, extractors),
      MAX_PLACES,
    ),
    ...section("nearest formats:", nearestFormats(opened, found, extractors), MAX_PLACES),
    "looked for:",
    ...extractors.map((extractor) => `  ${extractor.title}: ${lookedFor(extractor)}`),
    ...section("next:", nextSteps(target, found), MAX_PLACES),
  ];
  return new CodeTracerError("no_extractor", lines.join("\n"), { path: target });
}

function leftOut(opened: DiskRun): string[] {
  return opened.problems.map(({ message, path: place }) => `${place ?? "."}: ${message}`);
}

/** Places with a reason that says more than no. What the others lack is told under the nearest formats. */
function refusedWithReason(discovery: Discovery, extractors: readonly Extractor[]): string[] {
  const isPlainNo = (reason: string): boolean => reason.endsWith(`: ${NOT_MINE.reason}`);
  const titled = (reason: string): string => {
    const [, ids = "", said = reason] = /^([^:]*): ([\s\S]*)$/.exec(reason) ?? [];
    const titles = ids.split(", ").map((id) => extractors.find((one) => one.id === id)?.title ?? id);
    return `${titles.join(", ")}: ${said}`;
  };
  return discovery.refused
    .map(({ place, reasons }) => ({ place, said: reasons.filter((reason) => !isPlainNo(reason)) }))
    .filter(({ said }) => said.length > 0)
    .map(({ place, said }) => `${place || "."}: ${said.map(titled).join("; ")}`);
}

/** What the user can do, surest first. */
function nextSteps(target: string, { count, sampled }: FilesFound): string[] {
  const isHollow = (kind: string): boolean => kind === "empty" || kind === "blank";
  if (count === 0 || sampled.every(({ kind }) => isHollow(kind)))
    return ["nothing is written there; give the directory in which the agent left its logs or transcripts"];
  if (sampled.every(({ kind }) => kind.startsWith("git-LFS")))
    return ["the contents are not here; fetch them with git lfs pull, and try again"];
  return [
    `have a model write a reader, check it and keep it: codetracer extractors learn ${quoted(target)} --model <model>`,
    "or write one by hand, from npm run new-extractor -- <id>: docs/extractors.md leads through it",
  ];
}

/** As a word of a POSIX shell. */
function quoted(target: string): string {
  return /^[\w@%+=:,./-]+$/.test(target) ? target : `'${target.replaceAll("'", "'\\''")}'`;
}

function section(
  title: string,
  entries: readonly string[],
  most: number,
  { always = false }: { always?: boolean } = {},
): string[] {
  if (entries.length === 0) return always ? [title] : [];
  const shown = entries.slice(0, most).map((entry) => `  ${entry}`);
  return [title, ...shown, ...(entries.length > most ? [`  and ${entries.length - most} more`] : [])];
}

function lookedFor({ fingerprint }: Extractor): string {
  const { directories = [], files = [], contents } = fingerprint;
  const globs = [...files, ...directories];
  const more = globs.length > MAX_GLOBS ? ` and ${globs.length - MAX_GLOBS} more` : "";
  return `${globs.slice(0, MAX_GLOBS).join(", ")}${more}, with ${contents}`;
}

function filesInWords(count: number): string {
  if (count === 0) return "no files";
  return `${count} ${count === 1 ? "file" : "files"}`;
}
