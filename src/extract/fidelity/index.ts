import { createHash } from "node:crypto";
import type { RunFiles } from "../../run/run-files.ts";
import type { Fidelity, FidelityCheck } from "../../trajectory/extraction.ts";
import type { Trajectory } from "../../trajectory/trajectory.ts";
import type { Extractor } from "../extractor.ts";
import { checkCoverage } from "./coverage.ts";
import { checkRefs, listed } from "./refs.ts";

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
  const checks = [
    checkNumbering(trajectory),
    checkRefs(run, trajectory.steps, extractor.unescape),
    checkObservations(trajectory),
    checkCount(extractor, run, trajectory),
    checkCoverage(extractor, run, trajectory),
    checkDuplicates(trajectory),
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

/** Ids are an agent's own in some formats: sub-agents count from 1 again. */
function checkDuplicates(trajectory: Trajectory): FidelityCheck {
  const byId = new Map<string, number[]>();
  for (const { tool_call_id, agent, step_id } of trajectory.steps) {
    if (tool_call_id === undefined) continue;
    const call = JSON.stringify([agent, tool_call_id]);
    byId.set(call, [...(byId.get(call) ?? []), step_id]);
  }
  const repeated = [...byId.values()].filter((ids) => ids.length > 1).flat();
  return {
    name: "no call twice",
    passed: byId.size === 0 ? null : repeated.length === 0,
    value: repeated.length,
    detail:
      byId.size === 0
        ? "calls have no ids"
        : repeated.length === 0
          ? `${byId.size} distinct ids`
          : `steps ${listed(repeated)} share ids`,
  };
}

function checkRepeatable(extractor: Extractor, run: RunFiles, trajectory: Trajectory): FidelityCheck {
  const name = "same result twice";
  const bytes = trajectory.files_used.reduce((sum, file) => sum + run.size(file), 0);
  if (bytes > MAX_REPEAT_BYTES)
    return { name, passed: null, value: null, detail: "not read twice: the files are larger than 64 MB" };
  const same = digest(trajectory) === digest(extractor.extract(run));
  return {
    name,
    passed: same,
    value: same ? 1 : 0,
    detail: same ? "identical" : "the second reading differs from the first",
  };
}

function digest(trajectory: Trajectory): string {
  return createHash("sha256").update(JSON.stringify(trajectory.steps)).digest("hex");
}
