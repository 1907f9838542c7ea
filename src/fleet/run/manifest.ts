import fs from "node:fs";
import path from "node:path";
import { asRecord, asString } from "../../util/narrow.ts";

/** A list of runs: one path a line, or the path column of CSV, TSV or JSON Lines. */
export interface Manifest {
  /** Paths of runs, relative ones joined to the manifest's folder, each once, in their order. */
  runs: readonly string[];
  /** What of it could not be understood, with its line. */
  problems: readonly { line: number; message: string }[];
}

/** Columns and keys that may hold a run's path, the first that is there counts. */
const PATH_KEYS = ["path", "run", "run_path", "artifact_path", "trajectory_path"];

/** A list is told from a run by its first entries: at least one of so many names something that is there. */
const PROBED = 20;
/** Longer than any list of paths is. */
const MOST_BYTES = 64 * 1024 * 1024;
const EXTENSION = /\.(?:txt|list|lst|manifest|csv|tsv|jsonl|ndjson)$/i;

/** The manifest that a file is; null = it is none, because none of its first entries names something that exists. */
export function readManifest(file: string): Manifest | null {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > MOST_BYTES || !EXTENSION.test(file)) return null;
  const { entries, problems } = entriesOf(fs.readFileSync(file, "utf8").replace(/^\uFEFF/, ""), file);
  const runs = [...new Set(entries.map((entry) => path.normalize(joined(path.dirname(file), entry))))];
  return runs.slice(0, PROBED).some((run) => fs.existsSync(run)) ? { runs, problems } : null;
}

function joined(folder: string, entry: string): string {
  return path.isAbsolute(entry) ? entry : path.join(folder, entry);
}

interface Entries {
  entries: string[];
  problems: { line: number; message: string }[];
}

function entriesOf(text: string, file: string): Entries {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter((one) => one.text !== "" && !one.text.startsWith("#"));
  if (/\.(?:jsonl|ndjson)$/i.test(file)) return collect(lines, fromJson);
  if (/\.[ct]sv$/i.test(file)) return fromTable(lines, /\.tsv$/i.test(file) ? "\t" : ",");
  return { entries: lines.map((one) => one.text), problems: [] };
}

function collect(
  lines: readonly { line: number; text: string }[],
  read: (text: string) => string | { problem: string },
): Entries {
  const entries: string[] = [];
  const problems: Entries["problems"] = [];
  for (const { line, text } of lines) {
    const found = read(text);
    if (typeof found === "string") entries.push(found);
    else problems.push({ line, message: found.problem });
  }
  return { entries, problems };
}

function fromJson(text: string): string | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "is not JSON" };
  }
  const record = asRecord(value);
  const found = asString(value) ?? PATH_KEYS.map((key) => asString(record?.[key])).find((one) => one);
  return found
    ? found
    : { problem: `names no run: expected a string, or one of the keys ${PATH_KEYS.join(", ")}` };
}

/** With a header that names a path column, or, without one, the first column. */
function fromTable(lines: readonly { line: number; text: string }[], separator: string): Entries {
  const header = cells(lines[0]?.text ?? "", separator).map((cell) => cell.trim().toLowerCase());
  const column = PATH_KEYS.map((key) => header.indexOf(key)).find((at) => at >= 0);
  return collect(column === undefined ? lines : lines.slice(1), (text) => {
    const cell = cells(text, separator)[column ?? 0]?.trim();
    return cell ? cell : { problem: "names no run: its path column is empty" };
  });
}

/** The cells of one line, quoted as RFC 4180 has it; a path holds no line break. */
function cells(text: string, separator: string): string[] {
  const found: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (isQuoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      found.push(cell);
      cell = "";
    } else cell += character;
  }
  return [...found, cell];
}
