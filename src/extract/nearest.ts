import path from "node:path";
import { type DiskRun, matcher } from "../run/disk-run.ts";
import { type Detection, type Extractor, type Fingerprint, MIN_CONFIDENCE, NOT_MINE } from "./extractor.ts";
import type { FilesFound, SampledFile } from "./files-found.ts";

const MAX_NEAREST = 4;
/** Files that are offered to every reader of single files, whatever their names. */
const OFFERED = 8;
/** Larger files are not read to see whether they hold steps. */
const MAX_READ_BYTES = 20 << 20;
/** Words of `contents` that are names in the raw files: `session_id`, `parentUuid`, `messages[]`. */
const MARKER = /[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+|[a-z]{4,}(?=\[\])/g;

/** How far a directory is from one format: which conditions hold and which do not. */
interface Nearness {
  extractor: Extractor;
  /** A file whose name is what the format has; null = none. */
  named: string | null;
  /** The surest answer of its `detect`, with the file it is about; null = never asked. */
  best: { file: string; detection: Detection } | null;
  /** Names that its files hold, found and not found in the files that were looked into. */
  held: readonly string[];
  missing: readonly string[];
}

/** One line for each of the formats that come nearest, with the condition that failed. Formats of which nothing is there are left out. */
export function nearestFormats(
  opened: DiskRun,
  found: FilesFound,
  extractors: readonly Extractor[],
): string[] {
  return extractors
    .map((extractor) => nearnessOf(opened, found.sampled, extractor))
    .filter((one) => nearness(one) > 0)
    .sort((a, b) => nearness(b) - nearness(a))
    .slice(0, MAX_NEAREST)
    .map(sentence);
}

function nearnessOf(opened: DiskRun, files: readonly SampledFile[], extractor: Extractor): Nearness {
  const { contents } = extractor.fingerprint;
  const markers = [...new Set(contents.match(MARKER) ?? [])];
  const held = markers.filter((marker) => {
    // In quotes, escaped or not: as a key, not as a word of prose.
    const key = new RegExp(`["']${marker}\\\\{0,3}["']`);
    return files.some(({ head }) => key.test(head));
  });
  return {
    extractor,
    named: files.find(({ name }) => isNamedSo(name, extractor.fingerprint))?.name ?? null,
    best: surest(opened, files, extractor),
    held,
    missing: markers.filter((marker) => !held.includes(marker)),
  };
}

/** Asks a built-in reader of single files about the largest ones, as if the user had pointed at each. A learned one costs a sandbox for each question. */
function surest(opened: DiskRun, files: readonly SampledFile[], extractor: Extractor): Nearness["best"] {
  if (!extractor.fingerprint.files || extractor.learned !== undefined) return null;
  let best: Nearness["best"] = null;
  for (const { name } of files.slice(0, OFFERED)) {
    const folder = path.posix.dirname(name);
    const view = opened.view(folder === "." ? "" : folder, path.posix.basename(name));
    const detection = extractor.detect(view);
    if (detection.confidence >= MIN_CONFIDENCE && !readsSteps(view, extractor)) continue;
    if (best === null || detection.confidence > best.detection.confidence) best = { file: name, detection };
  }
  return best;
}

/** A reader trusts a file that the user points at further than what it holds: it must find steps in it. */
function readsSteps(view: DiskRun, extractor: Extractor): boolean {
  if (view.size(view.focus ?? "") > MAX_READ_BYTES) return false;
  try {
    return extractor.extract(view).steps.length > 0;
  } catch {
    return false;
  }
}

function isNamedSo(name: string, { files = [], directories = [] }: Fingerprint): boolean {
  const parts = name.split("/");
  const fits = (glob: string): boolean => matcher(glob)(parts.slice(-glob.split("/").length).join("/"));
  return files.some((glob) => matcher(glob)(parts.at(-1) ?? "")) || directories.some(fits);
}

/** Contents count for more than names, and what a reader says for more than single words. */
function nearness({ best, held, missing, named }: Nearness): number {
  const markers = held.length + missing.length;
  return (
    4 * (best?.detection.confidence ?? 0) +
    (markers === 0 ? 0 : held.length / markers) +
    (named === null ? 0 : 0.25)
  );
}

function sentence(one: Nearness): string {
  const { title } = one.extractor;
  const { best } = one;
  if (best && best.detection.confidence >= MIN_CONFIDENCE)
    return `${title}: ${best.file} holds it (${best.detection.reason}), but is not named so; give codetracer that file itself`;
  const name = one.named === null ? "no file is named as its files are" : `${one.named} is named so`;
  return `${title}: ${name}; ${contentsSentence(one)}`;
}

function contentsSentence({ best, held, missing, extractor }: Nearness): string {
  const said = best?.detection.reason ?? NOT_MINE.reason;
  if (said !== NOT_MINE.reason) return said;
  if (missing.length > 0 && held.length > 0)
    return `the files hold ${held.join(", ")}, but not ${missing.join(", ")}`;
  return `not found: ${extractor.fingerprint.contents}`;
}
