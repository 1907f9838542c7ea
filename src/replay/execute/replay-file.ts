import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { CodeTracerError } from "../../util/errors.ts";

/** What a step gave when it was done again, beside what it gave in the recording. */
export const ComparisonSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("same") }),
  z.object({
    state: z.literal("same_normalised"),
    rules: z.array(z.string()).describe("what had to be left out of the comparison"),
  }),
  z.object({
    state: z.literal("different"),
    line: z.int().positive().describe("the first that differs, of the observation without its frame"),
    recorded: z.string().nullable().describe("null = there is no such line"),
    replayed: z.string().nullable().describe("null = there is no such line"),
  }),
  z.object({
    state: z.literal("exit_code"),
    recorded: z.int().nullable().describe("null = not known"),
    recorded_failed: z.boolean(),
    replayed: z.int().nullable().describe("null = it did not end by itself"),
  }),
  z.object({ state: z.literal("not_compared"), reason: z.string() }),
]);
export type Comparison = z.infer<typeof ComparisonSchema>;

/** One step of a replay. */
export const ReplayedStepSchema = z.object({
  step_id: z.int().positive(),
  how: z.enum(["ran", "left_out", "by_hand"]),
  started_at: z.string(),
  duration_ms: z.number().nonnegative(),
  exit_code: z.int().nullable().describe("null = it was not run, or a limit stopped it"),
  stopped: z.enum(["time", "output"]).nullable().describe("the limit that stopped it"),
  output: z.string(),
  elided_chars: z.int().nonnegative(),
  comparison: ComparisonSchema.nullable().describe("null = it was not run"),
  matters: z.boolean().describe("it went another way than in the recording, and a replay stops there"),
  accepted: z.boolean().describe("it was said by hand that the replay may go on behind it"),
});
export type ReplayedStep = z.infer<typeof ReplayedStepSchema>;

/** `replay.json`: how far a replay came and where it differs from the recording. */
export const ReplayFileSchema = z.object({
  codetracer_version: z.string(),
  run: z.string(),
  to_step_id: z.int().nonnegative(),
  plan_digest: z.string().describe("over the planned steps and how they are written"),
  where: z.string().describe("the folder or container that it runs in"),
  confinement: z.enum(["bubblewrap", "container", "none"]),
  in_flight: z
    .int()
    .positive()
    .nullable()
    .describe("the step that was begun and not ended: it may be half done"),
  steps: z.array(ReplayedStepSchema).describe("in order, as far as the replay came"),
  stopped: z
    .object({ step_id: z.int().positive(), reason: z.string() })
    .nullable()
    .describe("why it did not come to the end; null = it did, or it was cut off"),
  finished: z.boolean(),
});
export type ReplayFile = z.infer<typeof ReplayFileSchema>;

export const REPLAY_FILE = "replay.json";

/** Reads `replay.json` of a folder; undefined = there is none. Throws CodeTracerError `unreadable`. */
export function readReplay(folder: string): ReplayFile | undefined {
  const file = path.join(folder, REPLAY_FILE);
  if (!fs.existsSync(file)) return undefined;
  try {
    return ReplayFileSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch {
    throw new CodeTracerError(
      "unreadable",
      `${file}: is not the result of a replay by this version; begin again in another folder`,
      { path: file },
    );
  }
}

/** Writes `replay.json` so that a kill leaves either the old one or the new one. */
export function writeReplay(folder: string, replay: ReplayFile): void {
  const file = path.join(folder, REPLAY_FILE);
  const descriptor = fs.openSync(`${file}.partial`, "w");
  try {
    fs.writeSync(descriptor, `${JSON.stringify(replay, null, 2)}\n`);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  fs.renameSync(`${file}.partial`, file);
}
