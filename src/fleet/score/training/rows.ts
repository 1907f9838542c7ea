import { z } from "zod";
import { StepRewardSchema } from "../../../trajectory/index.ts";

/**
 * Shapes of the rows that trainers read: those of TRL, "Dataset formats and types" (https://huggingface.co/docs/trl/dataset_formats), which axolotl
 * and others take as well. The columns that say where a row comes from are ours; trainers leave unknown columns alone or hand them on.
 */
const MessageSchema = z.strictObject({ role: z.enum(["user", "assistant"]), content: z.string().min(1) });
export type Message = z.infer<typeof MessageSchema>;

const PromptSchema = z.array(MessageSchema).min(1);
const CompletionSchema = z.array(MessageSchema.extend({ role: z.literal("assistant") })).length(1);
const StepIdSchema = z.int().positive();

/** A line of `rewards.jsonl`. */
export const RewardRowSchema = z.strictObject({ run_id: z.string(), ...StepRewardSchema.shape });
export type RewardRow = z.infer<typeof RewardRowSchema>;

/**
 * A step with what it earned: TRL's conversational prompt-completion type with the reward beside it. Trainers that sample themselves (GRPO, RLOO)
 * use the prompt and hand the other columns to the reward function; offline ones weigh the recorded completion.
 */
export const StepRowSchema = z.strictObject({
  prompt: PromptSchema,
  completion: CompletionSchema,
  reward: z.number().min(-1).max(1),
  outcome_reward: z.number().min(-1).max(1).nullable(),
  behaviour_reward: z.number().min(-1).max(1),
  confidence: z.number().min(0).max(1),
  run_id: z.string(),
  step_id: StepIdSchema,
});
export type StepRow = z.infer<typeof StepRowSchema>;

/** TRL's conversational unpaired preference type, for KTO and BCO: a step that is wanted or not. */
export const KtoRowSchema = z.strictObject({
  prompt: PromptSchema,
  completion: CompletionSchema,
  label: z.boolean(),
  reward: z.number().min(-1).max(1),
  run_id: z.string(),
  step_id: StepIdSchema,
});
export type KtoRow = z.infer<typeof KtoRowSchema>;

/** TRL's conversational preference type with an explicit prompt, for DPO and its kin: what two runs of one task did where they part. */
export const DpoRowSchema = z.strictObject({
  prompt: PromptSchema,
  chosen: CompletionSchema,
  rejected: CompletionSchema,
  chosen_run_id: z.string(),
  chosen_step_id: StepIdSchema,
  chosen_left_out: z
    .int()
    .nonnegative()
    .describe("steps before it that the other run did not do and the prompt does not show"),
  rejected_run_id: z.string(),
  rejected_step_id: StepIdSchema,
  rejected_left_out: z.int().nonnegative(),
  rejected_confidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("with which the rejected step is called incorrect; null = it is not"),
});
export type DpoRow = z.infer<typeof DpoRowSchema>;

/** TRL's stepwise supervision type, for process reward models: plain text, a label for each step. */
export const PrmRowSchema = z
  .strictObject({
    prompt: z.string().min(1),
    completions: z.array(z.string().min(1)).min(1),
    labels: z.array(z.boolean()).min(1).describe("one for each completion; false = called incorrect"),
    run_id: z.string(),
  })
  .refine(({ completions, labels }) => completions.length === labels.length);
export type PrmRow = z.infer<typeof PrmRowSchema>;
