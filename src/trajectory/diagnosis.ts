import { z } from "zod";
import { LabelSchema } from "./label.ts";

/** `diagnosis.json`: where a run went wrong, with evidence. */
export const DiagnosisFileSchema = z.object({
  codetracer_version: z.string(),
  tracer: z.string().describe("name of the tracer, such as rules"),
  tracer_version: z.int().positive(),
  model: z.string().nullable().describe("null = no model was asked"),
  prompt_digest: z
    .string()
    .nullable()
    .describe("over every prompt that the model was sent a form of; null = no model was asked"),
  settings: z
    .record(z.string(), z.union([z.string(), z.number(), z.null()]))
    .describe("what else the diagnosis depends on, such as votes or a threshold"),
  verdict: z
    .enum(["diagnosed", "no_finding", "infrastructure_failure", "no_steps"])
    .describe(
      "infrastructure_failure and no_steps carry no labels: the agent is not to blame, or nothing can be judged",
    ),
  labels: z.array(LabelSchema).describe("in step order"),
  findings: z
    .array(
      z.object({
        step_ids: z.array(z.int().positive()).min(1),
        kind: z.string(),
        confidence: z.number().min(0).max(1),
        stretch_share: z.number().min(0).max(1).describe("how much of the stretch around it is wrong"),
        later: z.string().describe("what later steps made of it"),
      }),
    )
    .describe("what a model called wrong, with its own confidence, before the selection weighed it"),
  onset_step_id: z.int().positive().nullable().describe("first step of the failure chain; null = none found"),
  cascade_step_ids: z.array(z.int().positive()).describe("steps that follow from the onset"),
  root_cause_chain: z.array(z.string()),
  critical_decisions: z.array(z.object({ step_id: z.int().positive(), decision: z.string() })),
  summary: z.string(),
  strategy: z.string().nullable().describe("what the next run should do differently; null = not known"),
  injections: z
    .array(
      z.object({
        step_id: z.int().positive(),
        where: z.enum(["action", "observation", "thinking"]),
        kind: z.string(),
        quote: z.string(),
      }),
    )
    .describe("text of the run that reads like an order to whoever analyses it"),
  warnings: z.array(z.string()).describe("what the tracer left undone, and why"),
  agreement: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("of several passes: mean Jaccard index of the steps they call incorrect; null = one pass"),
  usage: z.object({
    calls: z.int().nonnegative(),
    input_tokens: z.int().nonnegative(),
    output_tokens: z.int().nonnegative(),
    cost_usd: z.number().nonnegative().nullable().describe("null = unknown price"),
  }),
});
export type DiagnosisFile = z.infer<typeof DiagnosisFileSchema>;
