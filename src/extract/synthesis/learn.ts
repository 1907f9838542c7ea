import fs from "node:fs";
import path from "node:path";
import type { LoopEnd } from "../../agent/index.ts";
import type { LoopUsage } from "../../agent/loop-types.ts";
import { isArchive } from "../../run/archive.ts";
import type { DiskRun } from "../../run/disk-run.ts";
import { openRun } from "../../run/open.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { discoverRuns } from "../discover.ts";
import { readExtractor, STORE_FILES, type StoredVersion } from "../learned/read-store.ts";
import { readersWith } from "../learned/readers.ts";
import { openSample } from "../learned/samples.ts";
import { nextVersion, requireWritable } from "../learned/write-store.ts";
import type { Trial } from "./examine.ts";
import { keep } from "./keep.ts";
import { openSiblings, type Sibling } from "./siblings.ts";
import { type Standing, standingOf } from "./standing.ts";
import { type Synthesis, type SynthesisInput, type SynthesisPorts, synthesize } from "./synthesize.ts";

/** What learning came to. */
export type Learned =
  | Extract<Standing, { status: "known" }>
  | {
      status: "learned";
      stored: StoredVersion;
      /** Names of what lay beside the target and was read too: it was of the same format. */
      siblings: readonly string[];
      usage: LoopUsage;
      checks: number;
    }
  | { status: "unfinished"; end: LoopEnd; usage: LoopUsage; checks: number };

/** What learning works with. */
export interface LearnPorts extends Omit<SynthesisPorts, "journalOf"> {
  /** Folder of learned extractors. */
  store: string;
  /** Whether what lies beside the target is read as well, for acceptance. */
  siblings: boolean;
  /** Told once, before the model is asked for the first time. */
  onBegin(beginning: Beginning): void;
}

/** What a session is about to work on. */
export interface Beginning {
  /** Names of what lies beside the target and is read as well; what is of another format says nothing. */
  siblings: readonly string[];
  /** The built-in extractor that reads the run badly, and the checks that fail; null = none. */
  badly: { id: string; problems: readonly string[] } | null;
}

const SESSIONS = ".sessions";

/**
 * Gets a reader for what lies at a path and keeps it. Where the readers that there are do well, the model is not asked; where a learned one does badly, it is
 * revised. Throws CodeTracerError for a path that cannot be opened, a store that cannot be written, and what the model or a sandbox throw.
 */
export async function learn(target: string, ports: LearnPorts): Promise<Learned> {
  const opened = await openRun(target);
  try {
    const { extractors } = readersWith(ports.store);
    const standing = standingOf(discoverRuns(opened.files, extractors));
    if (standing.status === "known") return standing;
    requireContents(target, opened.files);
    requireWritable(ports.store);
    const siblings = ports.siblings && !isArchive(target) ? openSiblings(target) : [];
    ports.onBegin({ siblings: siblings.map(({ name }) => name), badly: standing.badly });
    const ids = extractors.map(({ id }) => id);
    const input = inputFor({ run: opened.files, siblings, standing, store: ports.store, ids });
    const journals: string[] = [];
    const synthesis = await synthesize(input, {
      ...ports,
      journalOf: (nonce) => {
        const file = sessionFile(ports.store, nonce, input.version);
        journals.push(file);
        return file;
      },
    });
    return finish(synthesis, input, ports, { journals, siblings });
  } finally {
    opened.dispose();
  }
}

/** A model would be paid for looking at nothing. */
function requireContents(target: string, run: DiskRun): void {
  const names = run.focus === null ? run.list() : [run.focus];
  if (names.some((name) => run.size(name) > 0 && !run.isLfsPointer(name))) return;
  const why = names.some((name) => run.isLfsPointer(name))
    ? "holds only git-LFS pointers; fetch the contents with git lfs pull, and try again"
    : "holds nothing to learn from; give the directory in which the agent left its logs or transcripts";
  throw new CodeTracerError("no_extractor", `${target} ${why}`, { path: target });
}

function finish(
  synthesis: Synthesis,
  { version, revised, badly }: SynthesisInput,
  { store, model, now }: LearnPorts,
  { journals, siblings }: { journals: readonly string[]; siblings: readonly Sibling[] },
): Learned {
  const { accepted, end, usage, checks } = synthesis;
  if (accepted === null) return { status: "unfinished", end, usage, checks };
  const samples = revised?.version.record.samples ?? [];
  const instead_of = badly?.id ?? revised?.version.record.instead_of ?? null;
  const kept = { store, version, samples, model: model.spec, instead_of, now };
  const stored = keep(accepted, synthesis, kept);
  // The record of the session is part of the evidence; learning again begins a new one.
  for (const file of journals) moveQuietly(file, path.join(stored.folder, "session.jsonl"));
  const tried = accepted.results.filter(({ trial }) => trial.role === "sibling");
  const names = tried.flatMap(({ trial }) => siblings[trial.number - 1]?.name ?? []);
  return { status: "learned", stored, siblings: names, usage, checks };
}

interface Wanted {
  run: DiskRun;
  siblings: readonly Sibling[];
  standing: Exclude<Standing, { status: "known" }>;
  store: string;
  ids: readonly string[];
}

function inputFor({ run, siblings, standing, store, ids }: Wanted): SynthesisInput {
  const { badly } = standing;
  const trials: Trial[] = [
    { role: "this", number: 1, files: run, ...(badly === null ? {} : { required: badly.found }) },
    ...siblings.map(({ files }, index) => ({ role: "sibling" as const, number: index + 1, files })),
  ];
  if (standing.status === "unknown")
    return {
      run,
      trials,
      ids: { taken: [...ids, ...leftIds(store)], required: null },
      version: 1,
      revised: null,
      badly,
    };
  const { current, folder } = readExtractor(store, standing.id);
  const samples = current.record.samples.map((sample, index) => ({
    role: "sample" as const,
    number: index + 1,
    files: openSample(path.join(folder, STORE_FILES.samples), sample),
  }));
  return {
    run,
    trials: [...trials, ...samples],
    ids: { taken: [], required: standing.id },
    version: nextVersion(store, standing.id),
    revised: { version: current, report: standing.report },
    badly,
  };
}

/** Names that stand in the store, broken extractors among them. */
function leftIds(store: string): string[] {
  return fs.existsSync(store) ? fs.readdirSync(store).filter((name) => !name.startsWith(".")) : [];
}

function sessionFile(store: string, nonce: string, version: number): string {
  const folder = path.join(store, SESSIONS);
  fs.mkdirSync(folder, { recursive: true });
  return path.join(folder, `${nonce}-${version}.jsonl`);
}

function moveQuietly(from: string, to: string): void {
  try {
    fs.renameSync(from, to);
  } catch {
    // The version stands without it.
  }
}
