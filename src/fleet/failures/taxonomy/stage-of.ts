import type { Evidence, FailureStage } from "../../../trajectory/index.ts";
import { checkSigns } from "./check-signs.ts";
import { errorSigns } from "./error-signs.ts";
import { labelSigns } from "./label-signs.ts";
import { loopSigns } from "./loop-signs.ts";
import type { FailedRun, Sign } from "./sign.ts";

/** Under this the signs of a stage are too faint to name it. */
const LEAST = 0.35;
const REASONS = 2;
const QUOTES = 3;
/** Of two stages with equal signs the earlier one in a run's course. */
const COURSE: readonly FailureStage[] = [
  "environment",
  "dependency",
  "localisation",
  "hypothesis",
  "looping",
  "verification",
];

/** The stage of a failed run, why, with quotes, and all signs, strongest first. */
export interface Staged {
  stage: FailureStage;
  reason: string;
  evidence: Evidence[];
  signs: Sign[];
}

/** Weighs the signs of each stage: the strongest counts whole, each further one half of the one before. */
export function stageOf(run: FailedRun): Staged {
  const signs = [...errorSigns(run), ...labelSigns(run), ...loopSigns(run), ...checkSigns(run)].sort(
    (a, b) => b.weight - a.weight || COURSE.indexOf(a.stage) - COURSE.indexOf(b.stage),
  );
  const weights = COURSE.map((stage) => ({
    stage,
    weight: total(signs.filter((sign) => sign.stage === stage)),
  }));
  const [best, second] = weights.sort((a, b) => b.weight - a.weight);
  if (best === undefined || best.weight < LEAST) {
    const reason =
      run.steps.length === 0
        ? "the run has no steps to tell a stage by"
        : signs.length === 0
          ? "nothing in the run points at a stage"
          : `the signs are too faint to tell a stage (${signs[0]?.reason})`;
    return { stage: "unknown", reason, evidence: signs[0]?.evidence ?? [], signs };
  }
  const own = signs.filter(({ stage }) => stage === best.stage);
  const reasons = own.slice(0, REASONS).map(({ reason }) => reason);
  const isClose = second !== undefined && second.weight > 0.85 * best.weight;
  return {
    stage: best.stage,
    reason: `${reasons.join("; ")}${isClose ? `; nearly as strong: ${second.stage}` : ""}`,
    evidence: own.flatMap(({ evidence }) => evidence).slice(0, QUOTES),
    signs,
  };
}

function total(signs: readonly Sign[]): number {
  return signs.reduce((sum, { weight }, index) => sum + weight * 0.5 ** index, 0);
}
