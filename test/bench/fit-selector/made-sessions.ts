import type { TrainingRun } from "../../../bench/fit-rules/training-run.ts";
import type { Claim } from "../../../bench/fit-selector/selector.ts";

/** Findings for made runs: the annotated step with more confidence than the first step, and one that is never right. */
export function madeFindings(runs: readonly TrainingRun[]): Map<string, Claim[]> {
  return new Map(
    runs.map((run) => [
      run.traj_id,
      [
        { step_ids: run.gold, kind: "fabricated_result", confidence: 0.7, stretch_share: 1 },
        { step_ids: [1], kind: "ignored_evidence", confidence: 0.3, stretch_share: 0.25 },
        { step_ids: [2, 3], kind: "wrong_change", confidence: 0.4, stretch_share: 0.5 },
      ],
    ]),
  );
}
