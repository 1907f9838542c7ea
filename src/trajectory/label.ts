import { z } from "zod";

/** `incorrect`: a state-changing action that is wrong given the evidence at that time. `unuseful`: exploration that brings no new evidence. */
export const LabelNameSchema = z.enum(["incorrect", "unuseful"]);
export type LabelName = z.infer<typeof LabelNameSchema>;

/**
 * Two readings of one diagnosis. `findings`: every real slip, ranked, for people. `codetracebench`: the few of them that the
 * benchmark's annotation would count.
 */
export const ProfileSchema = z.enum(["findings", "codetracebench"]);
export type Profile = z.infer<typeof ProfileSchema>;

/** Below this confidence a label is a lead to look at, and is told and shown as such. */
export const SURE_CONFIDENCE = 0.4;

/** A verbatim quote and the step it stands in. */
export const EvidenceSchema = z.object({
  step_id: z.int().positive(),
  where: z.enum(["action", "observation", "thinking"]),
  quote: z.string().min(1).describe("verbatim from that field of that step in steps.json"),
});
export type Evidence = z.infer<typeof EvidenceSchema>;

/** One verdict about one step. */
export const LabelSchema = z.object({
  step_id: z.int().positive(),
  label: LabelNameSchema,
  confidence: z.number().min(0).max(1),
  detector: z.string().describe("the rule or the tracer that gave it"),
  reasoning: z.string(),
  evidence: z.array(EvidenceSchema).min(1),
  better_alternative: z.string().optional(),
  profiles: z.array(ProfileSchema).min(1).describe("the readings that it belongs to"),
});
export type Label = z.infer<typeof LabelSchema>;

/** `labels.json`: the shape that CodeTraceBench scores, one entry a stage that holds labels. */
export const LabelsFileSchema = z.array(
  z.object({
    stage_id: z.int().positive(),
    incorrect_step_ids: z.array(z.int().positive()),
    unuseful_step_ids: z.array(z.int().positive()),
    reasoning: z.string(),
  }),
);
export type LabelsFile = z.infer<typeof LabelsFileSchema>;
