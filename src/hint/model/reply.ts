import { z } from "zod";

const TEXT_CHARS = 600;
const POINTS_MAX = 30;

const LineSchema = z.string().trim().min(1).max(TEXT_CHARS);
const PointSchema = z.object({
  text: LineSchema,
  quotes: z
    .array(z.object({ step: z.int().positive(), text: z.string().min(1) }))
    .max(8)
    .default([]),
});

/** What a model replies. Nothing in it is trusted before it is checked. */
export const ReplySchema = z.object({
  mistake: PointSchema.extend({ recognise: LineSchema }).nullable().default(null),
  instead: z
    .object({ action: LineSchema, check: LineSchema.nullable().default(null) })
    .nullable()
    .default(null),
  facts: z.array(PointSchema).max(POINTS_MAX).default([]),
  avoid: z.array(PointSchema).max(POINTS_MAX).default([]),
});
export type Reply = z.infer<typeof ReplySchema>;
export type ReplyPoint = z.infer<typeof PointSchema>;

/** Some servers leave what a model thinks in front of its answer. */
const THOUGHTS = /^\s*<think>[\s\S]*?<\/think>/;

/** Reads a reply: JSON alone, in a fenced block, or among prose. A string says, for the model, why it cannot be read. */
export function readReply(text: string): Reply | string {
  let value: unknown;
  try {
    value = JSON.parse(jsonPart(text.replace(THOUGHTS, "")));
  } catch {
    return "The reply holds no JSON that can be read: one block, double quotes, no comments, no comma before a closing bracket.";
  }
  const read = ReplySchema.safeParse(value);
  if (read.success) return read.data;
  const place = read.error.issues[0]?.path.map(String).join(".") ?? "";
  return `${place || "The hint"} is not as the format says (texts have at most ${TEXT_CHARS} characters, lists at most ${POINTS_MAX} entries).`;
}

/** The last fenced block with an object, else from the first brace to the last one. */
function jsonPart(text: string): string {
  const block = [...text.matchAll(/```[a-z]*[ \t]*\r?\n(?=\s*\{)/g)].at(-1);
  if (block) {
    const start = block.index + block[0].length;
    const end = text.indexOf("\n```", start);
    return text.slice(start, end < 0 ? undefined : end);
  }
  return text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1);
}
