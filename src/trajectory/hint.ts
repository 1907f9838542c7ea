import { z } from "zod";
import { EvidenceSchema } from "./label.ts";

/** One sentence for the next attempt and the quotes that prove it. */
export const HintPointSchema = z.object({
  text: z.string().min(1),
  evidence: z.array(EvidenceSchema).min(1),
});
export type HintPoint = z.infer<typeof HintPointSchema>;

/** `hint.json`: what to tell the next attempt of the same agent at the same task. */
export const HintFileSchema = z.object({
  codetracer_version: z.string(),
  run: z.string().describe("the run that the hint was learned from"),
  written_by: z.enum(["rules", "model"]),
  model: z.string().nullable().describe("null = no model was asked"),
  prompt_digest: z.string().nullable().describe("null = no model was asked"),
  scope: z
    .enum(["whole", "facts_only"])
    .describe("facts_only: no diagnosis was sure and quoted enough to advise from"),
  scope_reason: z.string().nullable().describe("why only facts; null where the hint is whole"),
  onset_step_id: z
    .int()
    .positive()
    .nullable()
    .describe("what facts were taken from before; null = none found"),
  facts: z.array(HintPointSchema).describe("what is known about the environment, from before the onset"),
  mistake: HintPointSchema.extend({
    recognise: z.string().describe("how to tell that it is happening again"),
  })
    .nullable()
    .describe("the wrong commitment; null in a hint of facts"),
  instead: z
    .object({ action: z.string(), check: z.string().nullable().describe("how to tell that it worked") })
    .nullable(),
  avoid: z.array(HintPointSchema).describe("what was tried and is not worth repeating"),
  allows_verifier: z.boolean().describe("whether the verifier's output may stand in it"),
  budget_tokens: z.int().positive(),
  token_count: z.int().nonnegative().describe("of text, in o200k tokens"),
  text: z.string().describe("the hint itself, Markdown"),
});
export type HintFile = z.infer<typeof HintFileSchema>;
