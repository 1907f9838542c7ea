import path from "node:path";
import { isArchiveName } from "../run/archive.ts";
import type { DiskRun } from "../run/disk-run.ts";

const MAX_GROUPS = 6;
const SAMPLED_OF_ONE_EXTENSION = 20;
const SAMPLED = 120;
const HEAD_BYTES = 16 << 10;

/** A file that was looked into. */
export interface SampledFile {
  name: string;
  size: number;
  /** What it holds, in our words, such as "JSON lines". */
  kind: string;
  head: string;
}

/** What lies in a directory, for messages. */
export interface FilesFound {
  count: number;
  /** The largest files of each extension, largest first: enough to tell what a directory holds, at a bounded cost. */
  sampled: readonly SampledFile[];
  /** One line for each extension, most frequent first. */
  lines: readonly string[];
}

/** Looks at the names of all files and into the heads of some. */
export function filesFound(opened: DiskRun): FilesFound {
  const names = opened.focus === null ? opened.list() : [opened.focus];
  const groups = byExtension(names);
  const sampled = groups
    .flatMap(([, group]) => largest(opened, group).slice(0, SAMPLED_OF_ONE_EXTENSION))
    .slice(0, SAMPLED)
    .map((name) => lookInto(opened, name));
  const lines = groups.slice(0, MAX_GROUPS).map(([extension, group]) => {
    const looked = sampled.filter(({ name }) => extensionOf(name) === extension);
    return `${group.length} ${extension}: ${described(looked)}`;
  });
  const more = groups.length - MAX_GROUPS;
  return {
    count: names.length,
    sampled: sampled.sort((a, b) => b.size - a.size),
    lines: more > 0 ? [...lines, `and ${more} more kinds of name`] : lines,
  };
}

/** Most frequent extension first. */
function byExtension(names: readonly string[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const group = groups.get(extensionOf(name));
    if (group) group.push(name);
    else groups.set(extensionOf(name), [name]);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

function described(files: readonly SampledFile[]): string {
  const [first] = files;
  if (!first) return "not looked into";
  const kinds = [...new Set(files.map(({ kind }) => kind))].slice(0, 3).join(", ");
  return `${kinds} (${files.length === 1 ? "" : "largest: "}${first.name}, ${sizeOf(first.size)})`;
}

function lookInto(opened: DiskRun, name: string): SampledFile {
  const head = opened.head(name, HEAD_BYTES);
  return { name, size: opened.size(name), head, kind: kindOf(opened, name, head) };
}

/** What a file holds, told from its name and its first kilobytes. */
function kindOf(opened: DiskRun, name: string, head: string): string {
  if (opened.size(name) === 0) return "empty";
  if (opened.isLfsPointer(name)) return "git-LFS pointer without its contents";
  if (head === "") return "not readable";
  if (isArchiveName(name) || head.startsWith("PK\u0003\u0004")) return "archive";
  if (head.includes("\u0000") || share(head, "\ufffd") > 0.05) return "binary";
  const start = head.trimStart();
  const firstLine = start.slice(0, start.search(/\r?\n|$/));
  if (/^[[{]/.test(start)) return jsonKind(start, firstLine);
  return start === "" ? "blank" : "text";
}

function jsonKind(start: string, firstLine: string): string {
  const isOneLine = firstLine.length === start.trimEnd().length;
  if (firstLine.length > 2 && isJson(firstLine) && !isOneLine) return "JSON lines";
  if (isOneLine && !isJson(firstLine)) return "JSON, or nearly, on long lines";
  return start.startsWith("[") ? "a JSON list" : "a JSON object";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function share(text: string, character: string): number {
  return (text.split(character).length - 1) / text.length;
}

function largest(opened: DiskRun, names: readonly string[]): string[] {
  return [...names].sort((a, b) => opened.size(b) - opened.size(a));
}

/** Extensions are cleaned: a file name is text of the run. */
function extensionOf(name: string): string {
  const extension = path.posix.extname(name).replace(/[^\w.-]/g, "?");
  return extension.slice(0, 20) || "without extension";
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
