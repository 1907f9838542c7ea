/**
 * What each penalty of a score may take off at most; together 100, so that nothing is ever cut at 0. Why each: `docs/scores.md`.
 */
export const PENALTY_POINTS = {
  outcome: 30,
  incorrect: 30,
  cascade: 5,
  behaviours: 15,
  unuseful: 8,
  failed: 4,
  repeated: 4,
  unverified: 4,
} as const;

/** Steps in the cascade at which half of its points are taken. */
export const CASCADE_HALF_STEPS = 4;

/** Shares of a run's steps from which on the whole penalty is taken. */
export const FULL_SHARE = { unuseful: 0.3, failed: 0.5, repeated: 0.3 } as const;

/** How much a behaviour that speaks against a run weighs, 0 to 1. Others, those of a user's rubrics too, cost nothing. */
export const BAD_BEHAVIOURS: ReadonlyMap<string, number> = new Map([
  ["failing-tests-ignored", 0.6],
  ["incomplete-resolution", 0.6],
  ["overconfidence", 0.5],
  ["inconsistent-flow", 0.4],
  ["irrelevant-edit", 0.4],
  ["memory-drift", 0.4],
  ["uncertain-fix", 0.4],
  ["retry-loop", 0.3],
  ["tool-loop", 0.3],
]);

/** What a good behaviour is worth at the steps where it shows. */
export const GOOD_BEHAVIOURS: ReadonlyMap<string, number> = new Map([
  ["self-correction", 0.5],
  ["validation", 0.3],
  ["planning", 0.2],
]);

/** How the two terms of a step's reward are weighed; together 1, so that the sum is never cut. */
export const REWARD_SHARE = { outcome: 0.4, behaviour: 0.6 } as const;

/** What of the outcome's ±1 is left for a state-changing step with each one that comes after it. */
export const OUTCOME_DISCOUNT = 0.95;

/** The parts of the behaviour term. Those of labels and behaviours are multiplied by their confidence. */
export const STEP_WORTH = {
  incorrect: -1,
  unuseful: -0.5,
  bad_behaviour: -0.4,
  repeated: -0.3,
  failed: -0.1,
  verification: 0.3,
  recovery: 0.5,
} as const;

/** How sure the parts are that no label or flag gives a confidence for. */
export const PART_CONFIDENCE = {
  failed_recorded: 0.9,
  failed_inferred: 0.7,
  repeated: 0.7,
  verification: 0.7,
  recovery: 0.6,
  /** Nothing speaks for or against the step but the outcome. */
  none: 0.3,
} as const;
