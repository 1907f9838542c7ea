import path from "node:path";
import { type DiskRun, matcher } from "../run/disk-run.ts";
import { type Detection, type Extractor, MIN_CONFIDENCE } from "./extractor.ts";
import { candidatePlaces, compare, type Place } from "./places.ts";
import { readingProof } from "./proof.ts";
import { withStandIns } from "./stand-ins.ts";

/** An extractor that recognises a run. */
export interface Candidate {
  extractor: Extractor;
  detection: Detection;
}

/** A run found below the opened directory, with the extractors that recognise it, surest first. */
export interface FoundRun {
  /** Relative to the opened directory; `""` is that directory itself. */
  folder: string;
  files: DiskRun;
  candidates: readonly Candidate[];
}

/** What a search came to. */
export interface Discovery {
  runs: readonly FoundRun[];
  /** Places that looked like a run by their names but not by their contents, with each extractor's reason. */
  refused: readonly { place: string; reasons: readonly string[] }[];
}

/**
 * Finds every run below an opened directory, at any depth. A folder that is a run owns everything below it; a
 * file that is a run owns the files its extractor claims for it. Learned extractors come after the built-in ones: where one of those is sure, they are not
 * asked, but for those that were made because it reads such runs badly; these stand behind it. A file that is opened by itself is offered to every reader of single
 * files, whatever its name; to learned ones only where nothing else reads it, so that one gets no other runs in a batch than in a folder.
 */
export function discoverRuns(opened: DiskRun, extractors: readonly Extractor[]): Discovery {
  const learned = extractors.filter((extractor) => extractor.learned !== undefined);
  const builtIn = extractors.filter((extractor) => extractor.learned === undefined);
  const known = discoverWith(opened, builtIn, { isAnyName: true, isFree: () => true });
  if (learned.length === 0) return known;
  const sure = known.runs.filter(isSure);
  const isFree = (place: Place): boolean => !sure.some((run) => overlap(run, place));
  const byName = together(known, discoverWith(opened, learned, { isAnyName: false, isFree }));
  const isFound = byName.runs.length > 0 || opened.focus === null;
  const { runs, refused } = isFound
    ? byName
    : together(known, discoverWith(opened, learned, { isAnyName: true, isFree }));
  return { runs: withStandIns(opened, runs, learned), refused };
}

function discoverWith(
  opened: DiskRun,
  extractors: readonly Extractor[],
  { isAnyName, isFree }: { isAnyName: boolean; isFree: (place: Place) => boolean },
): Discovery {
  const places = candidatePlaces(opened, extractors, isAnyName).filter(isFree);
  const refused: { place: string; reasons: string[] }[] = [];
  const folders: FoundRun[] = [];
  const singles: FoundRun[] = [];
  for (const place of places) {
    if (folders.some((run) => isSure(run) && isInside(place.folder, run.folder))) continue;
    const files = opened.view(place.folder, place.focus);
    const judged = place.extractors.map((extractor) => ({ extractor, detection: extractor.detect(files) }));
    const candidates = judged
      .filter(({ detection }) => detection.confidence >= MIN_CONFIDENCE)
      .sort((a, b) => b.detection.confidence - a.detection.confidence);
    const found = { folder: place.folder, files, candidates };
    if (candidates.length === 0) {
      refused.push({ place: path.posix.join(place.folder, place.focus ?? ""), reasons: reasonsOf(judged) });
    } else if (place.focus === null) folders.push(found);
    else singles.push(found);
  }
  singles.sort((a, b) => globOf(a) - globOf(b));
  const runs = withoutShadowed([...folders, ...unclaimed(singles).flatMap(byRow)]);
  return { runs: runs.sort(byPlace), refused };
}

/**
 * What both kinds of extractors found. Of two readings of the same files the surer one stands, the built-in one where they are equal. A learned one that takes
 * a part of an unsure run, or all around it, has to read it first: the run would be lost with it.
 */
function together(known: Discovery, learned: Discovery): Discovery {
  const confidence = (run: FoundRun): number => run.candidates[0]?.detection.confidence ?? 0;
  const isRead = readingProof();
  const added = learned.runs.filter((mine) => {
    const others = known.runs.filter((other) => overlap(other, placeIn(mine)));
    if (!others.every((other) => confidence(mine) > confidence(other))) return false;
    return others.every((other) => placeOf(other) === placeOf(mine)) || isRead(mine, others);
  });
  const kept = known.runs.filter((other) => !added.some((mine) => overlap(mine, placeIn(other))));
  const runs = [...kept, ...added.map((mine) => withUnsure(mine, known.runs))].sort(byPlace);
  const read = new Set(runs.map((run) => path.posix.join(run.folder, run.files.focus ?? "")));
  return { runs, refused: [...known.refused, ...learned.refused].filter(({ place }) => !read.has(place)) };
}

/** A run of a learned extractor, with those that are less sure of the same files behind it. */
function withUnsure(mine: FoundRun, known: readonly FoundRun[]): FoundRun {
  const same = known.find((other) => placeOf(other) === placeOf(mine));
  return same === undefined ? mine : { ...mine, candidates: [...mine.candidates, ...same.candidates] };
}

type PlaceName = Pick<Place, "folder" | "focus">;

function placeIn(run: FoundRun): PlaceName {
  return { folder: run.folder, focus: run.files.focus };
}

/** Whether a run and a place have files in common: the same file, or a folder and what lies in it. */
function overlap(run: FoundRun, place: PlaceName): boolean {
  const { folder, focus } = placeIn(run);
  if (focus !== null && place.focus !== null) return folder === place.folder && focus === place.focus;
  return (
    (focus === null && isInside(place.folder, folder)) ||
    (place.focus === null && isInside(folder, place.folder))
  );
}

/** A file of many runs, a run a line. */
function byRow(found: FoundRun): FoundRun[] {
  const rows = found.candidates[0]?.extractor.rows?.(found.files) ?? [];
  return rows.length > 1 ? rows.map((row) => ({ ...found, files: found.files.atRow(row) })) : [found];
}

/** A folder that is recognised with the least confidence gives way to surer runs below it. */
function isSure(run: FoundRun): boolean {
  return (run.candidates[0]?.detection.confidence ?? 0) > MIN_CONFIDENCE;
}

/** Drops unsure folders that hold a surer run, and whatever lies below an unsure folder that stays. */
function withoutShadowed(runs: readonly FoundRun[]): FoundRun[] {
  const below = (inner: FoundRun, outer: FoundRun): boolean =>
    inner !== outer && outer.files.focus === null && isInside(inner.folder, outer.folder);
  const standing = runs.filter(
    (outer) => isSure(outer) || !runs.some((inner) => isSure(inner) && below(inner, outer)),
  );
  return standing.filter((inner) => !standing.some((outer) => !isSure(outer) && below(inner, outer)));
}

/** Each extractor's reason, those that say the same together. */
function reasonsOf(judged: readonly Candidate[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { extractor, detection } of judged)
    byReason.set(detection.reason, [...(byReason.get(detection.reason) ?? []), extractor.id]);
  return [...byReason].map(([reason, ids]) => `${ids.join(", ")}: ${reason}`);
}

/** The place of a file's name among the globs of its surest reader: of two files that claim each other, the one that is named first is the run. */
function globOf({ files, candidates }: FoundRun): number {
  const globs = candidates[0]?.extractor.fingerprint.files ?? [];
  const at = globs.findIndex((glob) => matcher(glob)(path.posix.basename(files.focus ?? "")));
  return at < 0 ? globs.length : at;
}

/** Single-file runs without those that a surer run claims as its own part, such as a sub-agent's file. */
function unclaimed(singles: readonly FoundRun[]): FoundRun[] {
  const claimed = new Set<string>();
  for (const run of bySureness(singles)) {
    if (claimed.has(placeOf(run))) continue;
    const claims = run.candidates[0]?.extractor.claims?.(run.files) ?? [];
    for (const name of claims) claimed.add(path.posix.join(run.folder, name));
  }
  return singles.filter((run) => !claimed.has(placeOf(run)));
}

function bySureness(runs: readonly FoundRun[]): FoundRun[] {
  const sureness = (run: FoundRun): number => run.candidates[0]?.detection.confidence ?? 0;
  return [...runs].sort((a, b) => sureness(b) - sureness(a));
}

/** A run's place below the opened directory, as a path, or path and line; `""` is that directory itself. */
export function placeOf(run: FoundRun): string {
  const file = [run.folder, run.files.focus ?? ""].filter((part) => part !== "").join("/");
  return run.files.row === null ? file : `${file}:${run.files.row}`;
}

function byPlace(a: FoundRun, b: FoundRun): number {
  return (
    compare(a.folder, b.folder) ||
    compare(a.files.focus ?? "", b.files.focus ?? "") ||
    (a.files.row ?? 0) - (b.files.row ?? 0)
  );
}

function isInside(folder: string, outer: string): boolean {
  return outer === "" || folder === outer || folder.startsWith(`${outer}/`);
}
