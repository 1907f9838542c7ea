import { isDeepStrictEqual } from "node:util";
import type { RunFiles } from "../../run/run-files.ts";
import type { Fidelity, FidelityCheck } from "../../trajectory/extraction.ts";
import type { Trajectory } from "../../trajectory/trajectory.ts";
import type { Extractor } from "../extractor.ts";
import { findAnswers } from "./answers.ts";
import { checkCallsRead, checkDuplicates } from "./calls.ts";
import { checkCoverage } from "./coverage.ts";
import { checkObservationsBelong } from "./observations.ts";
import { checkOrder } from "./order.ts";
import { checkPlainLines } from "./plain-lines.ts";
import { checkProse } from "./prose.ts";
import { checkRefs } from "./refs.ts";
import { surveyRun } from "./survey.ts";
import { checkInvented, checkWhole } from "./texts.ts";

/** Larger runs are not read twice. */
const MAX_REPEAT_BYTES = 64 << 20;
const MIN_OBSERVED = 0.5;

/**
 * Checks an extraction without any labels: does it hold what the raw files hold? Every check says what it
 * found; one that could not be made counts neither way.
 */
export function checkFidelity(extractor: Extractor, run: RunFiles, trajectory: Trajectory): Fidelity {
  if (trajectory.steps.length === 0) {
    const checks = [checkEmpty(trajectory), checkCount(extractor, run, trajectory)];
    return { passed: checks.every((check) => check.passed !== false), checks };
  }
  const { steps } = trajectory;
  const survey = surveyRun(extractor, run, trajectory);
  const answers = findAnswers(steps, survey);
  const count = checkCount(extractor, run, trajectory);
  const checks = [
    checkNumbering(trajectory),
    checkRefs(run, trajectory.steps, extractor.unescape, extractor.learned !== undefined),
    checkObservations(trajectory),
    count,
    checkCoverage(steps.length, survey),
    ...(count.value === null ? [checkCallsRead(steps, survey)] : []),
    checkOrder(steps, survey, extractor.order),
    checkObservationsBelong(steps, answers),
    checkInvented(steps, survey),
    checkWhole(survey),
    checkProse(steps, survey, answers),
    checkPlainLines(run, steps, survey.index, extractor.unescape),
    checkDuplicates(steps),
    checkRepeatable(extractor, run, trajectory),
  ];
  return { passed: checks.every((check) => check.passed !== false), checks };
}

function checkEmpty(trajectory: Trajectory): FidelityCheck {
  const reason = trajectory.empty_reason;
  return {
    name: "no steps",
    passed: reason !== undefined,
    value: 0,
    detail: reason ?? "no step was read and no reason is known",
  };
}

function checkNumbering(trajectory: Trajectory): FidelityCheck {
  const wrong = trajectory.steps.filter((step, index) => step.step_id !== index + 1).length;
  return {
    name: "step ids contiguous",
    passed: wrong === 0,
    value: wrong,
    detail: wrong === 0 ? `1 to ${trajectory.steps.length}` : `${wrong} ids are out of order`,
  };
}

function checkObservations(trajectory: Trajectory): FidelityCheck {
  // Actions of one model turn may share the observation that follows the last of them.
  const turns = new Map<string, boolean>();
  for (const step of trajectory.steps) {
    const turn = step.parallel_group === undefined ? `step ${step.step_id}` : `group ${step.parallel_group}`;
    turns.set(turn, (turns.get(turn) ?? false) || step.observation !== null);
  }
  const observed = [...turns.values()].filter(Boolean).length;
  const missing = trajectory.steps.filter((step) => step.observation === null).length;
  const share = observed / turns.size;
  return {
    name: "turns with an observation",
    passed: turns.size < 3 ? null : share >= MIN_OBSERVED,
    value: share,
    detail: `${observed} of ${turns.size} turns; ${missing} of ${trajectory.steps.length} steps have none of their own`,
  };
}

function checkCount(extractor: Extractor, run: RunFiles, trajectory: Trajectory): FidelityCheck {
  const name = "actions counted in the raw bytes";
  const counted = extractor.countActions?.(run) ?? null;
  if (counted === null)
    return { name, passed: null, value: null, detail: "this format has no marker that can be counted" };
  const steps = trajectory.steps.length;
  return {
    name,
    passed: counted === steps,
    value: counted,
    detail: counted === steps ? `${counted}, equal to the steps` : `${counted} markers, ${steps} steps`,
  };
}

function checkRepeatable(extractor: Extractor, run: RunFiles, trajectory: Trajectory): FidelityCheck {
  const name = "same result twice";
  const bytes = trajectory.files_used.reduce((sum, file) => sum + run.size(file), 0);
  if (bytes > MAX_REPEAT_BYTES)
    return { name, passed: null, value: null, detail: "not read twice: the files are larger than 64 MB" };
  const same = isDeepStrictEqual(trajectory.steps, extractor.extract(run).steps);
  return {
    name,
    passed: same,
    value: same ? 1 : 0,
    detail: same ? "identical" : "the second reading differs from the first",
  };
}
