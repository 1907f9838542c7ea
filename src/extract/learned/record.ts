import { z } from "zod";
import { FidelitySchema } from "../../trajectory/extraction.ts";
import { LearnedFormatSchema } from "./definition.ts";

/** A kept piece of evidence: one run that a version read, redacted, below `samples/` of its extractor. */
export const SampleSchema = z.object({
  digest: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe("over names and contents; also the name of its folder"),
  focus: z.string().nullable().describe("the file that is the run; null = the folder as a whole"),
  bytes: z.int().nonnegative(),
  step_count: z.int().positive().describe("as the version that kept it read it"),
});
export type Sample = z.infer<typeof SampleSchema>;

/** Fidelity of one run that a version was accepted on. */
export const EvidenceSchema = z.object({
  run: z.enum(["this", "sibling", "sample"]),
  step_count: z.int().nonnegative(),
  counted: z
    .int()
    .nonnegative()
    .nullable()
    .default(null)
    .describe("actions that the host counted by the marker; null = no independent count"),
  fidelity: FidelitySchema,
});
export type Evidence = z.infer<typeof EvidenceSchema>;

/** `record.json`: how a version of a learned extractor came about and why it was accepted. */
export const LearnedRecordSchema = z.object({
  schema: z.literal(1),
  format: LearnedFormatSchema,
  version: z.int().positive(),
  source_digest: z.string().regex(/^[0-9a-f]{64}$/),
  instead_of: z
    .string()
    .nullable()
    .default(null)
    .describe(
      "the built-in extractor that it stands in for where the fidelity of that one fails; null = none",
    ),
  samples: z.array(SampleSchema),
  evidence: z.array(EvidenceSchema).min(1),
  made: z.object({
    codetracer_version: z.string(),
    model: z.string(),
    prompt_digest: z.string(),
    usage: z.object({
      calls: z.int().nonnegative(),
      input_tokens: z.number().nonnegative(),
      output_tokens: z.number().nonnegative(),
      cost_usd: z.number().nonnegative().nullable().describe("null = the price is not known"),
    }),
    checks: z.int().nonnegative().describe("how often the model had its code checked"),
  }),
  accepted_at: z.string().describe("ISO 8601"),
});
export type LearnedRecord = z.infer<typeof LearnedRecordSchema>;
