import { z } from "zod";
import { cleanText } from "../../index-run/clean-text.ts";
import { parseLenient } from "../../util/json-lenient.ts";
import { asArray, asRecord, asString } from "../../util/narrow.ts";

const REPLY_CHARS = 400_000;
const QUOTES_MAX = 12;
const STEPS_MAX = 2000;
const SHOWN_CHARS = 40;

/** One verdict as a model writes it. */
const VerdictSchema = z.object({
  rubric: z.string(),
  present: z.boolean().nullable(),
  confidence: z.number().min(0).max(100),
  step_ids: z.array(z.int()).max(STEPS_MAX).default([]),
  quotes: z
    .array(
      z.object({
        step: z.int(),
        where: z.enum(["thinking", "action", "observation"]),
        text: z.string(),
      }),
    )
    .max(QUOTES_MAX)
    .default([]),
  reason: z.string(),
});
export type Verdict = z.infer<typeof VerdictSchema>;

/** What a reply says of each rubric that was asked about: a verdict, or a sentence for the model about why there is none. */
export type ReadVerdicts = ReadonlyMap<string, Verdict | string>;

/** Reads a reply: JSON alone, in a fenced block, or among prose. One broken verdict leaves the others whole. Verdicts on other rubrics are passed over. */
export function readVerdicts(reply: string, ids: readonly string[]): ReadVerdicts {
  const value = reply.length > REPLY_CHARS ? undefined : readJson(reply.replace(THOUGHTS, ""));
  const entries = asArray(asRecord(value)?.verdicts ?? value).map((entry) => asRecord(entry) ?? {});
  const isRead = asRecord(value)?.verdicts !== undefined || Array.isArray(value);
  return new Map(
    ids.map((id) => {
      if (!isRead) return [id, NO_JSON];
      const own = entries.filter(({ rubric }) => asString(rubric)?.trim() === id);
      return [id, own.length === 1 ? verdictOf(own[0]) : own.length === 0 ? MISSING : TWICE];
    }),
  );
}

/** Some servers leave what a model thinks in front of its answer. */
const THOUGHTS = /^\s*<think>[\s\S]*?<\/think>/;
const NO_JSON = "the reply holds no JSON with `verdicts` that can be read";
const MISSING = "it has no verdict";
const TWICE = "it has more than one verdict";

function verdictOf(entry: unknown): Verdict | string {
  const { data, error } = VerdictSchema.safeParse(entry);
  if (data) return { ...data, confidence: data.confidence > 1 ? data.confidence / 100 : data.confidence };
  const issue = error.issues[0];
  const place = cleanText(issue?.path.map(String).join(".") ?? "", SHOWN_CHARS);
  return `\`${place || "verdict"}\` is missing or not of the form that was asked for`;
}

/** The whole where it is JSON, else the last fenced block that is, else what stands between the outermost braces. */
function readJson(text: string): unknown {
  const blocks = [...text.matchAll(/```[a-z]*[ \t]*\r?\n(?=\s*[{[])/g)].map(({ index, 0: mark }) => {
    const start = index + mark.length;
    const end = text.indexOf("\n```", start);
    return text.slice(start, end < 0 ? undefined : end);
  });
  const outermost = text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1);
  for (const candidate of [text, ...blocks.reverse().slice(0, BLOCKS_MAX), outermost]) {
    const value = parsed(candidate);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Blocks that are tried: a hostile reply may hold very many. */
const BLOCKS_MAX = 4;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseLenient(text);
  }
}
