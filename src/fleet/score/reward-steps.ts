import { plural } from "../../report/words.ts";
import type { BehaviourFlag, IndexedStep, StepReward } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { changed } from "../behaviours/trace-face.ts";
import { isUnjudgeable, type JudgedStep, judgedSteps } from "./judged-step.ts";
import { againstStep, forStep, type Part } from "./step-parts.ts";
import { OUTCOME_DISCOUNT, PART_CONFIDENCE, REWARD_SHARE } from "./weights.ts";

/** What of the outcome falls to a step, and how to say it. */
interface OutcomeShare {
  worth: number | null;
  reason: string | null;
}

/**
 * What each step earns in training, in step order; none where the harness broke the run. Two terms, apart and weighed together:
 * the outcome (±1 at the last step that changed something, discounted with each such step after it, 0 for steps that changed
 * nothing, null where it is not known) and the behaviour (the heaviest of what speaks against the step plus the weightiest of what
 * speaks for it). An unknown outcome adds nothing. Deterministic, within −1 to 1; more confidence in a label never raises
 * a reward. The weights and why they are such: `docs/scores.md`.
 */
export function rewardSteps(workspace: TracedWorkspace, flags: readonly BehaviourFlag[]): StepReward[] {
  if (isUnjudgeable(workspace)) return [];
  const { resolved } = workspace.extraction.outcome;
  let after = workspace.steps.filter((step) => changed(step)).length;
  return judgedSteps(workspace).map((judged) => {
    if (changed(judged.step)) after--;
    return rewardOf(judged, outcomeShare(judged.step, resolved, after), flags);
  });
}

function rewardOf(judged: JudgedStep, outcome: OutcomeShare, flags: readonly BehaviourFlag[]): StepReward {
  const parts = [againstStep(judged, flags), forStep(judged, flags)].filter((part) => part !== null);
  const behaviour = parts.reduce((sum, { worth }) => sum + worth, 0);
  const reward = REWARD_SHARE.outcome * (outcome.worth ?? 0) + REWARD_SHARE.behaviour * behaviour;
  const reasons = [...parts.map(({ reason }) => reason), outcome.reason].filter((reason) => reason !== null);
  return {
    step_id: judged.step.step_id,
    reward: rounded(reward),
    outcome_reward: outcome.worth === null ? null : rounded(outcome.worth),
    behaviour_reward: rounded(behaviour),
    label: judged.label?.label ?? null,
    reason: reasons.length === 0 ? "nothing speaks for or against it" : reasons.join("; "),
    confidence: heaviest(parts)?.confidence ?? PART_CONFIDENCE.none,
  };
}

function outcomeShare(step: IndexedStep, resolved: boolean | null, after: number): OutcomeShare {
  if (resolved === null) return { worth: null, reason: null };
  if (!changed(step)) return { worth: 0, reason: null };
  const worth = (resolved ? 1 : -1) * OUTCOME_DISCOUNT ** after;
  const when = after === 0 ? "by its last change" : `${plural(after, "change")} later`;
  return { worth, reason: `the run ${resolved ? "was solved" : "failed"}, ${when}` };
}

function heaviest(parts: readonly Part[]): Part | undefined {
  return [...parts].sort((a, b) => Math.abs(b.worth) - Math.abs(a.worth))[0];
}

/** To a ten-thousandth, and never −0. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}
