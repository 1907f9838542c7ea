import path from "node:path";
import type { DiskRun } from "../../run/disk-run.ts";
import type { Fidelity } from "../../trajectory/extraction.ts";
import type { Trajectory } from "../../trajectory/trajectory.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { discoverRuns, type FoundRun, placeOf } from "../discover.ts";
import { extractRun } from "../extract.ts";
import type { Extractor } from "../extractor.ts";
import type { Evidence } from "../learned/record.ts";
import { takesForeign } from "./foreign-trial.ts";

/** Where a new extractor has to prove itself. */
export interface Trial {
  role: Evidence["run"];
  /** Of this role, from 1. */
  number: number;
  files: DiskRun;
  /** The run that has to be found there, for a stand-in; absent = whatever is found. */
  required?: FoundRun;
}

/** How an extractor did on one run of a trial. */
export interface Examined {
  role: Evidence["run"];
  number: number;
  found: FoundRun;
  trajectory: Trajectory;
  fidelity: Fidelity;
  /** What is wrong, in words of ours; empty = it passes. */
  problems: readonly string[];
}

/** What came of a trial: its runs, or why there is none. */
export type TrialResult =
  | { trial: Trial; runs: readonly Examined[] }
  | {
      trial: Trial;
      runs: readonly [];
      failure: string;
      /** True = the extractor does not claim it; false = it claims it and fails. */
      isUnrecognised: boolean;
    };

/** Runs that are looked at of one trial: a folder may hold thousands. */
const MAX_RUNS = 5;
const GREEDY =
  "detect() takes files that bear these names and hold something else: look for what only this format has";
/** The check that the places of actions go through. */
const REFS_CHECK = "action refs resolve";
/** Share of steps whose action must have its place. */
const MIN_WITH_PLACE = 0.995;

/** Runs an extractor over a trial and checks each reading. Never throws for what the extractor does. */
export function examine(extractor: Extractor, trial: Trial): TrialResult {
  const { runs, refused } = discoverRuns(trial.files, [unmarked(extractor)]);
  if (runs.length === 0) {
    const reasons = [...new Set(refused.flatMap((one) => one.reasons))].slice(0, 3);
    const failure =
      refused.length > 0
        ? `the fingerprint fits ${refused.length} ${refused.length === 1 ? "place" : "places"}, but detect() recognises none: ${reasons.join("; ")}`
        : "the globs of the fingerprint fit nothing here";
    return { trial, runs: [], failure, isUnrecognised: true };
  }
  const { required } = trial;
  if (required !== undefined && !runs.some((found) => placeOf(found) === placeOf(required)))
    return {
      trial,
      runs: [],
      failure: `the fingerprint has to mark ${placeInWords(required)}`,
      isUnrecognised: false,
    };
  const examined: Examined[] = [];
  for (const found of runs.slice(0, MAX_RUNS)) {
    try {
      const { trajectory, fidelity } = extractRun(found);
      const isGreedy = trial.role === "this" && examined.length === 0 && takesForeign(extractor, found);
      const problems = [
        ...problemsOf(extractor, found, { trajectory, fidelity }),
        ...(isGreedy ? [GREEDY] : []),
      ];
      examined.push({ role: trial.role, number: trial.number, found, trajectory, fidelity, problems });
    } catch (error) {
      if (!(error instanceof CodeTracerError)) throw error;
      const failure = withoutRoot(error.message, found.files.root);
      return { trial, runs: [], failure, isUnrecognised: false };
    }
  }
  return { trial, runs: examined };
}

/** Without its mark as a learned one: what users are advised to do with those is nothing for the model that writes it. */
function unmarked({ learned: _, ...extractor }: Extractor): Extractor {
  return extractor;
}

/** What the fingerprint of a stand-in must mark, as a model is told. */
export function placeInWords({ folder, files }: FoundRun): string {
  if (files.focus !== null)
    return `the single file ${path.posix.join(folder, files.focus)} as the run, with \`files\``;
  return `the folder ${folder === "" ? "as a whole" : folder} as the run, with \`directories\``;
}

/** Whether the runs of a trial were found and all passed, one of them with steps. */
export function passes(result: TrialResult): boolean {
  if ("failure" in result) return false;
  const hasSteps = result.runs.some(({ trajectory }) => trajectory.steps.length > 0);
  return hasSteps && result.runs.every(({ problems }) => problems.length === 0);
}

/** A session in which nothing was done is no mistake of its reader, if that says so and the count of markers agrees. */
function problemsOf(
  extractor: Extractor,
  { files }: FoundRun,
  { trajectory, fidelity }: { trajectory: Trajectory; fidelity: Fidelity },
): string[] {
  const { steps, empty_reason } = trajectory;
  if (steps.length === 0 && !empty_reason) return ["no step was read, and empty_reason does not say why"];
  const placed = steps.filter((step) => step.action_ref !== null).length;
  return [
    ...fidelity.checks.filter(({ passed }) => passed === false).map(({ name }) => name),
    ...(placed < MIN_WITH_PLACE * steps.length
      ? [`only ${placed} of ${steps.length} steps have an action_ref`]
      : []),
    ...((extractor.countActions?.(files) ?? null) === null ? uncounted(trajectory, fidelity) : []),
  ];
}

/** Where nothing counts the actions apart from the reader, nothing but their places speaks for it: none may be missing. */
function uncounted({ steps }: Trajectory, { checks }: Fidelity): string[] {
  if (steps.length === 0) return [];
  const isPlaced = steps.every((step) => step.action_ref !== null);
  const isChecked = checks.some(({ name, passed }) => name === REFS_CHECK && passed === true);
  return isPlaced && isChecked
    ? []
    : ["marker is null, so that nothing counts the actions: every step needs an action_ref that resolves"];
}

/** Where the run lies on this machine is nothing for a model. */
function withoutRoot(message: string, root: string): string {
  return message.replaceAll(root, "this run");
}
