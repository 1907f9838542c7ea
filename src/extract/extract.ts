import path from "node:path";
import type { Fidelity, Trajectory, Warning } from "../trajectory/index.ts";
import { CodeTracerError } from "../util/errors.ts";
import type { Candidate, FoundRun } from "./discover.ts";
import { checkFidelity } from "./fidelity/index.ts";
import { driftWarnings } from "./learned/drift.ts";
import { readOrInstead } from "./read-instead.ts";
import { splitCandidates } from "./stand-ins.ts";

/** A run that was read, who read it, and what was checked about it. */
export interface ExtractedRun {
  trajectory: Trajectory;
  chosen: Candidate;
  fidelity: Fidelity;
}

/**
 * Reads a found run with the surest extractor. Where that one fails or finds no steps and another one finds
 * some, the other one is used and the report says so; where its reading fails the fidelity checks, a learned extractor
 * that stands in for it. Throws CodeTracerError `unreadable` when none can read it.
 */
export function extractRun(found: FoundRun): ExtractedRun {
  const candidates = splitCandidates(found);
  return candidates.standIns.length === 0 ? read(found) : readOrInstead(found, candidates, read);
}

function read(found: FoundRun): ExtractedRun {
  const { chosen, trajectory, warnings } = readBest(found);
  const fidelity = checkFidelity(chosen.extractor, found.files, trajectory);
  const all = dedupe([
    ...warnings,
    ...trajectory.warnings,
    ...driftWarnings(chosen.extractor, fidelity),
    ...found.files.problems,
    ...lfsWarnings(found, trajectory),
  ]);
  return { trajectory: { ...trajectory, warnings: all }, chosen, fidelity };
}

/** What to do about a learned extractor that fails. */
function nextSteps({ candidates }: FoundRun): string {
  const learned = candidates.find(({ extractor }) => extractor.learned !== undefined);
  if (learned === undefined) return "";
  return `; codetracer extractors learn on this run revises ${learned.extractor.id}, codetracer extractors forget ${learned.extractor.id} removes it`;
}

interface Reading {
  chosen: Candidate;
  trajectory: Trajectory;
  warnings: Warning[];
}

function readBest(found: FoundRun): Reading {
  const warnings: Warning[] = [];
  let empty: { chosen: Candidate; trajectory: Trajectory } | undefined;
  for (const chosen of found.candidates) {
    const attempt = tryExtract(chosen, found);
    if ("trajectory" in attempt) {
      const { trajectory } = attempt;
      if (trajectory.steps.length > 0) {
        if (empty)
          warnings.push({
            message: `extractor ${empty.chosen.extractor.id} found no steps; ${chosen.extractor.id} was used instead`,
          });
        return { chosen, trajectory, warnings };
      }
      empty ??= { chosen, trajectory };
    } else warnings.push(attempt.failure);
  }
  if (empty) return { ...empty, warnings };
  const reasons = warnings.map((warning) => warning.message).join("; ");
  const { root, focus, row } = found.files;
  const place = `${path.join(root, focus ?? "")}${row === null ? "" : `:${row}`}`;
  throw new CodeTracerError(
    "unreadable",
    `${place}: no extractor could read this run: ${reasons}${nextSteps(found)}`,
  );
}

function tryExtract(
  candidate: Candidate,
  found: FoundRun,
): { trajectory: Trajectory } | { failure: Warning } {
  const { extractor } = candidate;
  try {
    const trajectory = extractor.extract(found.files);
    if (trajectory.steps.length === 0 && trajectory.empty_reason === undefined) {
      return { trajectory: { ...trajectory, empty_reason: "The files hold no executed action." } };
    }
    return { trajectory };
  } catch (error) {
    if (error instanceof CodeTracerError) {
      const { path: file, line } = error;
      return {
        failure: {
          message: `${extractor.learned ? "learned " : ""}extractor ${extractor.id}: ${error.message}`,
          ...(file === undefined ? {} : { path: file }),
          ...(line === undefined ? {} : { line }),
        },
      };
    }
    // The message of a foreign error may quote the trace; its name does not.
    const name = error instanceof Error ? error.name : "error";
    return {
      failure: {
        message: `extractor ${extractor.id} stopped with a ${name}; this is a defect of the extractor`,
      },
    };
  }
}

/** Names the files whose contents are not here: each where steps may be missing for it, else all of them at once. */
function lfsWarnings(found: FoundRun, trajectory: Trajectory): Warning[] {
  const pointers = found.files.list().filter((name) => found.files.isLfsPointer(name));
  const [first, ...others] = pointers;
  if (first === undefined) return [];
  const isMissed =
    trajectory.steps.length === 0 || trajectory.files_used.some((file) => pointers.includes(file));
  if (isMissed)
    return pointers.map((path) => ({
      message: `${LFS}: steps may be missing; fetch them with git lfs pull`,
      path,
    }));
  const more = others.length > 0 ? ` (nor those of ${others.join(", ")})` : "";
  return [{ message: `${LFS}${more}; the steps were read from other files`, path: first }];
}

const LFS = "git-LFS pointer: the contents are not here";

function dedupe(warnings: readonly Warning[]): Warning[] {
  const seen = new Map(
    warnings.map((warning) => [JSON.stringify([warning.message, warning.path, warning.line]), warning]),
  );
  return [...seen.values()];
}
