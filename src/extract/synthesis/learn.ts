import fs from "node:fs";
import path from "node:path";
import type { LoopEnd } from "../../agent/index.ts";
import type { LoopUsage } from "../../agent/loop-types.ts";
import { isArchive } from "../../run/archive.ts";
import { type Opened, openRun } from "../../run/open.ts";
import { discoverRuns } from "../discover.ts";
import { readExtractor, STORE_FILES, type StoredVersion } from "../learned/read-store.ts";
import { readersWith } from "../learned/readers.ts";
import { openSample } from "../learned/samples.ts";
import { nextVersion } from "../learned/write-store.ts";
import type { Trial } from "./examine.ts";
import { keep } from "./keep.ts";
import { openSiblings } from "./siblings.ts";
import { type Standing, standingOf } from "./standing.ts";
import { type Synthesis, type SynthesisInput, type SynthesisPorts, synthesize } from "./synthesize.ts";

/** What learning came to. */
export type Learned =
  | Extract<Standing, { status: "known" }>
  | { status: "learned"; stored: StoredVersion; usage: LoopUsage; checks: number }
  | { status: "unfinished"; end: LoopEnd; usage: LoopUsage; checks: number };

/** What learning works with. */
export interface LearnPorts extends Omit<SynthesisPorts, "journalOf"> {
  /** Folder of learned extractors. */
  store: string;
}

const SESSIONS = ".sessions";

/**
 * Gets a reader for what lies at a path and keeps it. Where the readers that there are do well, the model is not asked; where a learned one does badly, it is
 * revised. Throws CodeTracerError for a path that cannot be opened, and what the model or a sandbox throw.
 */
export async function learn(target: string, ports: LearnPorts): Promise<Learned> {
  const opened = await openRun(target);
  try {
    const { extractors } = readersWith(ports.store);
    const standing = standingOf(discoverRuns(opened.files, extractors));
    if (standing.status === "known") return standing;
    const input = inputFor(
      target,
      opened,
      standing,
      ports.store,
      extractors.map(({ id }) => id),
    );
    const journals: string[] = [];
    const synthesis = await synthesize(input, {
      ...ports,
      journalOf: (nonce) => {
        const file = sessionFile(ports.store, nonce, input.version);
        journals.push(file);
        return file;
      },
    });
    return finish(synthesis, input, ports, journals);
  } finally {
    opened.dispose();
  }
}

function finish(
  synthesis: Synthesis,
  { version, revised }: SynthesisInput,
  { store, model, now }: LearnPorts,
  journals: readonly string[],
): Learned {
  const { accepted, end, usage, checks } = synthesis;
  if (accepted === null) return { status: "unfinished", end, usage, checks };
  const samples = revised?.version.record.samples ?? [];
  const stored = keep(accepted, synthesis, { store, version, samples, model: model.spec, now });
  // The record of the session is part of the evidence; learning again begins a new one.
  for (const file of journals) moveQuietly(file, path.join(stored.folder, "session.jsonl"));
  return { status: "learned", stored, usage, checks };
}

function inputFor(
  target: string,
  opened: Opened,
  standing: Exclude<Standing, { status: "known" }>,
  store: string,
  ids: readonly string[],
): SynthesisInput {
  const run = opened.files;
  const siblings = isArchive(target) ? [] : openSiblings(target);
  const trials: Trial[] = [
    { role: "this", number: 1, files: run },
    ...siblings.map((files, index) => ({ role: "sibling" as const, number: index + 1, files })),
  ];
  if (standing.status === "unknown")
    return {
      run,
      trials,
      ids: { taken: [...ids, ...leftIds(store)], required: null },
      version: 1,
      revised: null,
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
