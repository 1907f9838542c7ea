import { z } from "zod";
import { EvidenceSchema, LabelNameSchema } from "./label.ts";
import { OutcomeSchema } from "./outcome.ts";
import { TokensSchema } from "./step.ts";

/** Whether a run shows a behaviour, and where. */
export const BehaviourFlagSchema = z.object({
  behaviour: z.string().describe("its id, such as retry-loop, or that of a rubric of the user's"),
  present: z.boolean().nullable().describe("null = the evidence does not suffice to say"),
  confidence: z.number().min(0).max(1),
  step_ids: z.array(z.int().positive()).describe("where it shows; none where it is not present"),
  evidence: z.array(EvidenceSchema),
  reason: z.string(),
  judged_by: z.string().describe("rules, or the model's name"),
});
export type BehaviourFlag = z.infer<typeof BehaviourFlagSchema>;

/** 0 to 100: 100 less the penalties, never below 0. */
export const ScoreSchema = z.object({
  value: z.number().min(0).max(100),
  penalties: z.array(
    z.object({
      name: z.string(),
      points: z.number().positive(),
      reason: z.string(),
      step_ids: z.array(z.int().positive()),
    }),
  ),
});
export type Score = z.infer<typeof ScoreSchema>;

/** What one step earns in training. `reward` is the weighted sum of the two terms, kept within -1 to 1. */
export const StepRewardSchema = z.object({
  step_id: z.int().positive(),
  reward: z.number().min(-1).max(1),
  outcome_reward: z
    .number()
    .min(-1)
    .max(1)
    .nullable()
    .describe("null = whether the run succeeded is not known"),
  behaviour_reward: z.number().min(-1).max(1),
  label: LabelNameSchema.nullable(),
  reason: z.string(),
  confidence: z.number().min(0).max(1),
});
export type StepReward = z.infer<typeof StepRewardSchema>;

/** What kind of thing a failed run failed at first. */
export const FailureStageSchema = z.enum([
  "environment",
  "dependency",
  "localisation",
  "hypothesis",
  "verification",
  "looping",
  "unknown",
]);
export type FailureStage = z.infer<typeof FailureStageSchema>;

/** A failed run boiled down for grouping. */
export const FailureSchema = z.object({
  stage: FailureStageSchema,
  reason: z.string().describe("why that stage"),
  summary: z.string().describe("a few sentences in the words of the run: what clustering reads"),
  evidence: z.array(EvidenceSchema),
});
export type Failure = z.infer<typeof FailureSchema>;

/** `facts.json`: one run as a fleet sees it, small enough to hold thousands at once. */
export const RunFactsSchema = z.object({
  codetracer_version: z.string(),
  facts_digest: z.string().describe("over what the facts were made from: tells whether they are stale"),
  run_id: z.string().describe("its workspace's place below the fleet's workspaces"),
  run: z.string().describe("the run's path as it was given"),
  task: z.string().nullable().describe("the task's first words; null = not recorded"),
  task_key: z.string().nullable().describe("equal for runs of one task; null = the task is not known"),
  agent: z.string().nullable(),
  agent_version: z.string().nullable(),
  model: z.string().nullable(),
  extractor: z.string(),
  outcome: OutcomeSchema.omit({ tests: true }),
  step_count: z.int().nonnegative(),
  change_count: z.int().nonnegative(),
  failed_step_count: z.int().nonnegative(),
  started_at: z.string().nullable().describe("ISO 8601; null = not recorded"),
  duration_seconds: z.number().nonnegative().nullable(),
  tokens: TokensSchema.nullable().describe("sums over the steps that record them; null = none does"),
  cost_usd: z.number().nonnegative().nullable(),
  verdict: z.string().nullable().describe("null = not traced"),
  onset_step_id: z.int().positive().nullable(),
  incorrect_step_ids: z.array(z.int().positive()),
  unuseful_step_ids: z.array(z.int().positive()),
  flags: z.array(BehaviourFlagSchema),
  score: ScoreSchema.nullable().describe("null = the run has no steps, or its harness broke it"),
  failure: FailureSchema.nullable().describe("null = the run did not fail, or that is not known"),
  fidelity_passed: z.boolean(),
  warning_count: z.int().nonnegative(),
});
export type RunFacts = z.infer<typeof RunFactsSchema>;
