import fs from "node:fs";
import path from "node:path";
import { type Job, planJobs } from "../../analyze/index.ts";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import type { Unreadable } from "../facts/index.ts";
import { readManifest } from "./manifest.ts";

/** What is asked of every run. */
export type PlanOptions = Pick<Job, "redact" | "trace" | "force" | "memory" | "learned">;

/** A job and what its raw files weigh on the disk. */
export interface PlannedJob {
  job: Job;
  bytes: number;
}

/** The jobs of a fleet, the heaviest first so that no worker is left with it at the end, and what cannot become one. */
export interface FleetPlan {
  jobs: PlannedJob[];
  unreadable: Unreadable[];
  warnings: string[];
}

/**
 * Finds the runs below directories, files and archives, and those that manifests name. `workspaces` is the folder that their
 * workspaces go to. An entry of a manifest that cannot be opened is told and left out; anything else that was named and
 * cannot be opened throws CodeTracerError.
 */
export function planFleet(targets: readonly string[], workspaces: string, options: PlanOptions): FleetPlan {
  const plan: FleetPlan = { jobs: [], unreadable: [], warnings: [] };
  const plain: string[] = [];
  for (const target of targets) {
    const manifest = readManifest(target);
    if (manifest === null) plain.push(requireThere(target));
    else planManifest(target, manifest, plan, workspaces, options);
  }
  plan.jobs.push(...planJobs(plain, workspaces, options).map(weighed));
  return { ...plan, jobs: heaviestFirst(withoutDoubles(plan, workspaces)) };
}

function requireThere(target: string): string {
  if (fs.existsSync(target)) return target;
  throw new CodeTracerError("run_not_found", `${target}: no such file or directory`);
}

/** The places that runs are read from: the targets, and for a manifest what it names. Nothing may be written below them. */
export function rootsOf(targets: readonly string[]): string[] {
  return targets.flatMap((target) => readManifest(target)?.runs ?? [target]);
}

function planManifest(
  file: string,
  manifest: NonNullable<ReturnType<typeof readManifest>>,
  plan: FleetPlan,
  workspaces: string,
  options: PlanOptions,
): void {
  for (const { line, message } of manifest.problems)
    plan.warnings.push(`${file}:${line} ${message}; left out`);
  for (const run of manifest.runs) {
    const place = path.join(workspaces, placeOf(path.relative(path.dirname(file), path.dirname(run))));
    try {
      plan.jobs.push(...planJobs([run], place, options).map(weighed));
    } catch (error) {
      if (!(error instanceof CodeTracerError)) throw error;
      plan.unreadable.push({ run, code: error.code, message: messageOf(error) });
    }
  }
}

/** A relative folder as one below another: steps upwards say nothing there. */
function placeOf(relative: string): string {
  const parts = relative.split(path.sep).filter((part) => part !== ".." && part !== "." && part !== "");
  return path.join(...parts, "");
}

/** One run that was named twice is read once; two that would share a folder get one each. */
function withoutDoubles(plan: FleetPlan, workspaces: string): PlannedJob[] {
  const seen = new Set<string>();
  const taken = new Set<string>();
  const kept: PlannedJob[] = [];
  let doubles = 0;
  for (const { job, bytes } of plan.jobs) {
    const target = realPath(job.target);
    if (seen.has(target)) {
      doubles++;
      continue;
    }
    seen.add(target);
    kept.push({ job: { ...job, out: uniqueOut(job, job.out ?? workspaces, taken) }, bytes });
  }
  if (doubles > 0)
    plan.warnings.push(`${doubles} of the paths lead to a run that was named before; each is read once`);
  return kept;
}

/** Runs that are a file each share the folder of their workspaces and have a place of their own in it. */
function uniqueOut(job: Job, out: string, taken: Set<string>): string {
  const isFile = job.shownAs !== job.target;
  const placeIn = (folder: string): string =>
    isFile ? path.join(folder, path.basename(job.target)) : folder;
  let unique = out;
  for (let count = 2; taken.has(placeIn(unique)); count++) unique = `${out}-${count}`;
  taken.add(placeIn(unique));
  return unique;
}

function realPath(target: string): string {
  try {
    return fs.realpathSync(target);
  } catch {
    return path.resolve(target);
  }
}

function weighed(job: Job): PlannedJob {
  return { job, bytes: bytesBelow(job.target) };
}

/** Bytes of a file, or of all files below a folder; links are not followed. What cannot be looked at weighs nothing. */
function bytesBelow(target: string): number {
  try {
    const stat = fs.statSync(target);
    if (!stat.isDirectory()) return stat.size;
    return fs
      .readdirSync(target, { withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .reduce((sum, entry) => sum + bytesBelow(path.join(target, entry.name)), 0);
  } catch {
    return 0;
  }
}

function heaviestFirst(jobs: readonly PlannedJob[]): PlannedJob[] {
  return [...jobs].sort((a, b) => b.bytes - a.bytes || (a.job.target < b.job.target ? -1 : 1));
}
