import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { DiskRun } from "../../run/disk-run.ts";
import { openDirectory } from "../../run/disk-run.ts";
import { createRedactor } from "../../run/redact/index.ts";
import type { Trajectory } from "../../trajectory/trajectory.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { Sample } from "./record.ts";

/** Larger runs are no samples. */
const MAX_SAMPLE_BYTES = 4 << 20;
const MAX_SAMPLE_FILES = 500;

/** A sample in memory, redacted. */
export interface TakenSample {
  sample: Sample;
  files: readonly { name: string; text: string }[];
}

/** Takes a redacted copy of a run: all its files where that is not too much, else those that were read. null = too large to be kept. */
export function takeSample(run: DiskRun, trajectory: Trajectory): TakenSample | null {
  const used = trajectory.files_used.filter((name) => run.has(name));
  const all = run.focus === null ? run.list() : [run.focus, ...used];
  const names = [all, used].map((list) => [...new Set(list)]).find((list) => fits(run, list));
  if (names === undefined || names.length === 0) return null;
  const redactor = createRedactor();
  const files = names
    .map((name) => ({ name, text: run.text(name) }))
    .filter(({ name, text }) => used.includes(name) || !text.includes("\0"))
    .map(({ name, text }) => ({ name, text: redactor.text(text) }));
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const step_count = trajectory.steps.length;
  return { sample: { digest: digestOf(files), focus: run.focus, bytes, step_count }, files };
}

/** Writes a sample below a folder, whole or not at all. One that is there already stays as it is. */
export function writeSample(folder: string, { sample, files }: TakenSample): void {
  const target = path.join(folder, sample.digest);
  if (fs.existsSync(target)) return;
  const partial = path.join(folder, `.${randomBytes(6).toString("hex")}.partial`);
  try {
    for (const { name, text } of files) {
      const file = path.join(partial, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    fs.renameSync(partial, target);
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

/** Opens a kept sample. Throws CodeTracerError `bad_extractor` where it is gone or is not what was kept. */
export function openSample(folder: string, { digest, focus }: Sample): DiskRun {
  const place = path.join(folder, digest);
  const isThere = fs.existsSync(path.join(place, focus ?? ""));
  if (isThere && digestOfFolder(place) === digest) return openDirectory(path.join(place, focus ?? ""));
  throw new CodeTracerError(
    "bad_extractor",
    `${place}: this sample of a learned extractor is not what was kept; remove the extractor with codetracer extractors forget and learn it again`,
    { path: place },
  );
}

function digestOfFolder(folder: string): string {
  const run = openDirectory(folder);
  return digestOf(run.list().map((name) => ({ name, text: run.text(name) })));
}

function digestOf(files: readonly { name: string; text: string }[]): string {
  const hash = createHash("sha256");
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, text } of sorted) hash.update(`${name}\0${text.length}\0${text}\0`);
  return hash.digest("hex").slice(0, 16);
}

function fits(run: DiskRun, names: readonly string[]): boolean {
  if (names.length > MAX_SAMPLE_FILES) return false;
  return names.reduce((sum, name) => sum + run.size(name), 0) <= MAX_SAMPLE_BYTES;
}
