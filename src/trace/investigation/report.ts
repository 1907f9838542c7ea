import { z } from "zod";

/** What a wrong step is an instance of. The words are those of the prompts. */
export const FINDING_KINDS = [
  "fabricated_result",
  "unbacked_success",
  "ignored_evidence",
  "wrong_change",
  "abandoned_direction",
  "stuck_terminal",
] as const;
/** What later steps made of a wrong one. */
export const LATER = ["kept", "undone", "built_upon", "unused", "unknown"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

const StepIdSchema = z.int().positive();
/** One stage, or several that follow one another and are weighed alike. */
const StageIdsSchema = z.union([StepIdSchema, z.string().regex(/^\d{1,6}\s*[-–]\s*\d{1,6}$|^\d{1,6}$/)]);

const QuoteSchema = z.object({ step: StepIdSchema, text: z.string().min(1) });

/** A block of steps that a model calls incorrect. */
export const CandidateSchema = z.object({
  steps: z.array(StepIdSchema).min(1).max(12).describe("the block: the wrong action and what belongs to it"),
  kind: z.enum(FINDING_KINDS),
  confidence: z.number().min(0).max(100).describe("that a careful annotator marks the block incorrect"),
  stretch: z
    .tuple([StepIdSchema, StepIdSchema])
    .describe("first and last step of the stretch of 2 to 6 steps with one purpose in which it stands"),
  wrong_in_stretch: z.int().nonnegative().describe("how many steps of that stretch are wrong"),
  quotes: z.array(QuoteSchema).min(1).max(4),
  why: z.string().min(1).describe("wrong given what was known then"),
  later: z.enum(LATER).describe("what later steps made of it"),
  better: z.string().optional(),
});
export type Candidate = z.infer<typeof CandidateSchema>;

/** What a model hands in. Nothing in it is trusted before it is checked. */
export const ReportSchema = z.object({
  stages: z
    .array(z.object({ stage_id: StageIdsSchema, wrong_share: z.number().min(0).max(1), note: z.string() }))
    .describe(
      "every stage of stage_ranges.json, neighbours together where they are alike: how much of it is wrong, and why it was dismissed where it is 0",
    ),
  candidates: z.array(CandidateSchema).max(40),
  unuseful: z
    .array(z.object({ steps: z.array(StepIdSchema).min(1), quote: QuoteSchema, why: z.string().min(1) }))
    .max(40)
    .default([]),
  summary: z.string().min(1),
  root_cause: z.array(z.string()).max(8).default([]),
  critical_decisions: z
    .array(z.object({ step: StepIdSchema, decision: z.string() }))
    .max(8)
    .default([]),
  strategy: z.string().nullable().default(null),
});
export type Report = z.infer<typeof ReportSchema>;
