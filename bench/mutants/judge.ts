import { type Extractor, extractRun, type FoundRun, type Trajectory } from "../../src/index.ts";
import { MUTATIONS, mutate } from "./mutations.ts";

/** What the fidelity report said of one reader of one run. */
export interface Verdict {
  /** The extractor that read the run. */
  format: string;
  run: string;
  /** null = the extractor as it is. */
  mutation: string | null;
  passed: boolean;
  /** Names of the checks that failed. */
  failed: readonly string[];
}

/** How the readers are shown to the fidelity checks. */
export interface JudgeOptions {
  /** Without the extractor's own counting of actions, as a reader may lack it that a model wrote. */
  blind: boolean;
}

/** Judges a run's extractor as it is and, where it passes, with each mutation. Nothing for a run that cannot be read or holds no step. */
export function judgeRun(found: FoundRun, run: string, { blind }: JudgeOptions): Verdict[] {
  const chosen = found.candidates[0];
  if (!chosen) return [];
  const { countActions: _, ...uncounted } = chosen.extractor;
  const reader: Extractor = blind ? uncounted : chosen.extractor;
  const original = readOrNull(reader, found);
  if (original === null || original.steps.length === 0) return [];
  const judge = (mutation: string | null, trajectory: Trajectory): Verdict => {
    const extractor: Extractor = { ...reader, extract: () => trajectory };
    const { fidelity } = extractRun({ ...found, candidates: [{ ...chosen, extractor }] });
    const failed = fidelity.checks.filter((check) => check.passed === false).map((check) => check.name);
    return { format: reader.id, run, mutation, passed: fidelity.passed, failed };
  };
  const intact = judge(null, original);
  // A report that fails the reader as it is would fail its mutants for the same reason.
  if (!intact.passed) return [intact];
  const mutants = MUTATIONS.flatMap((mutation) => {
    const trajectory = mutate(original, mutation);
    return trajectory === null ? [] : [judge(mutation.name, trajectory)];
  });
  return [intact, ...mutants];
}

function readOrNull(extractor: Extractor, { files }: FoundRun): Trajectory | null {
  try {
    return extractor.extract(files);
  } catch {
    // A run that its surest extractor cannot read has no trajectory to spoil.
    return null;
  }
}
