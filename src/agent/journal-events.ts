import { z } from "zod";
import type { TokenUsage } from "../model/model.ts";
import { COMPACTION_LEVELS } from "./compact.ts";
import type { LoopEnd, LoopUsage } from "./loop-types.ts";

const CallSchema = z.int().positive().describe("from 1");
const TokensSchema = z.number().nonnegative();

const TokenUsageSchema: z.ZodType<TokenUsage> = z.object({
  input_tokens: TokensSchema.nullable(),
  cached_input_tokens: TokensSchema.nullable(),
  cache_write_input_tokens: TokensSchema.nullable(),
  output_tokens: TokensSchema.nullable(),
  reasoning_tokens: TokensSchema.nullable(),
});

const LoopUsageSchema: z.ZodType<LoopUsage> = z.object({
  calls: z.int().nonnegative(),
  input_tokens: TokensSchema,
  cached_input_tokens: TokensSchema,
  output_tokens: TokensSchema,
  reasoning_tokens: TokensSchema,
  cost_usd: z.number().nonnegative().nullable(),
  counted: z.boolean(),
});

const LoopEndSchema: z.ZodType<LoopEnd> = z.enum([
  "done",
  "calls",
  "tokens",
  "cost",
  "time",
  "malformed",
  "refused",
  "context",
  "aborted",
]);

/** What makes two sessions the same work: where all of it is equal, the record of the one is the record of the other. */
export const SessionHeaderSchema = z.object({
  codetracer_version: z.string(),
  tracer: z.string(),
  model: z.string().describe("as the user wrote it"),
  shell: z.string(),
  prompt_digest: z.string(),
  input_digest: z.string(),
  settings: z.record(z.string(), z.unknown()).describe("whatever else changes what is asked or run"),
  pass: z.int().positive().describe("from 1: several passes over the same input are several sessions"),
  task: z.string().optional().describe("what the model is asked, for readers of the record"),
});
export type SessionHeader = z.infer<typeof SessionHeaderSchema>;

const SessionStartedSchema = SessionHeaderSchema.extend({
  type: z.literal("session_started"),
  schema: z.literal(1),
});

/** One line of `tracer.jsonl`. There are no times: the same replies give the same file. */
export const JournalEventSchema = z.discriminatedUnion("type", [
  SessionStartedSchema,
  z.object({
    type: z.literal("model_replied"),
    call: CallSchema,
    text: z.string(),
    stop_reason: z.enum(["end", "length", "refusal"]),
    usage: TokenUsageSchema,
    cost_usd: z.number().nonnegative().nullable(),
    model: z.string().nullable(),
  }),
  z.object({ type: z.literal("reply_malformed"), call: CallSchema, count: z.int().nonnegative() }),
  z.object({
    type: z.literal("command_ran"),
    call: CallSchema,
    command: z.string(),
    output: z.string().describe("as the model read it"),
    exit_code: z.int().nullable(),
    stopped: z.enum(["time", "memory", "output"]).nullable(),
    done: z.boolean(),
    facts: z.record(z.string(), z.unknown()).optional(),
  }),
  z.object({
    type: z.literal("compacted"),
    call: CallSchema,
    level: z.enum(COMPACTION_LEVELS),
    elided_outputs: z.int().nonnegative(),
    estimated_tokens: z.number().nonnegative(),
    overflow: z.boolean().describe("the model had said that the prompt is too long"),
  }),
  z.object({ type: z.literal("session_ended"), end: LoopEndSchema, usage: LoopUsageSchema }),
  z.object({ type: z.literal("note"), kind: z.string(), data: z.unknown() }),
]);
export type JournalEvent = z.infer<typeof JournalEventSchema>;

/** An event of a session, as the journal takes it: sessions are started by opening it. */
export type SessionEvent = Exclude<JournalEvent, { type: "session_started" }>;

/** The event of that name. */
export type EventOf<T extends JournalEvent["type"]> = Extract<JournalEvent, { type: T }>;
