import { z } from "zod";

/**
 * Docent's agent run as its SDK's models take it.
 * Source: https://github.com/TransluceAI/docent (docent/data_models/agent_run.py, transcript.py, chat/message.py, chat/tool.py, chat/content.py).
 */
const Metadata = z.record(z.string(), z.unknown());
const Content = z.union([
  z.string(),
  z.array(
    z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("text"), text: z.string() }),
      z.strictObject({ type: z.literal("reasoning"), reasoning: z.string() }),
    ]),
  ),
]);
const Common = { id: z.uuid(), content: Content };

const Message = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("user"), ...Common }),
  z.strictObject({
    role: z.literal("assistant"),
    ...Common,
    model: z.string().nullable(),
    tool_calls: z.array(
      z.strictObject({
        id: z.string(),
        function: z.string(),
        arguments: Metadata,
        type: z.literal("function"),
      }),
    ),
    metadata: Metadata,
  }),
  z.strictObject({
    role: z.literal("tool"),
    ...Common,
    tool_call_id: z.string(),
    function: z.string(),
    error: Metadata.nullable(),
    metadata: Metadata,
  }),
]);

export const DocentShape = z.strictObject({
  id: z.uuid(),
  name: z.string().nullable(),
  description: z.string().nullable(),
  transcripts: z
    .array(
      z.strictObject({
        id: z.uuid(),
        name: z.string().nullable(),
        description: z.string().nullable(),
        transcript_group_id: z.null(),
        created_at: z.iso.datetime().nullable(),
        messages: z.array(Message),
        metadata: Metadata,
      }),
    )
    .min(1),
  transcript_groups: z.tuple([]),
  metadata: Metadata,
});
