import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProfileSchema } from "../../trajectory/index.ts";
import { CodeTracerError } from "../../util/errors.ts";

/** What lies in a fleet's folder, by the names it has there. */
export const FLEET_PLACES = {
  fleet: "fleet.json",
  workspaces: "workspaces",
  tables: "tables",
  clusters: "clusters.json",
  /** Where a judge keeps what it was told. */
  judgements: "judgements",
} as const;

/** The shape of `fleet.json` that this version writes. */
const FLEET_FORMAT = 1;

/** A run that could not be read, and why. */
export const UnreadableSchema = z.object({ run: z.string(), code: z.string(), message: z.string() });
export type Unreadable = z.infer<typeof UnreadableSchema>;

/** How many runs of a fleet ended how, and what they add up to. */
export const FleetCountsSchema = z.object({
  runs: z.int().nonnegative().describe("that were read; the unreadable ones come on top"),
  unreadable: z.int().nonnegative(),
  solved: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  unknown: z.int().nonnegative().describe("nothing beside the run says whether the task was solved"),
  infrastructure: z.int().nonnegative().describe("the harness broke the run, not the agent"),
  without_steps: z.int().nonnegative(),
  steps: z.int().nonnegative(),
  tasks: z.int().nonnegative().describe("different ones among the runs whose task is recorded"),
  fidelity_failed: z.int().nonnegative(),
});
export type FleetCounts = z.infer<typeof FleetCountsSchema>;

/** `fleet.json`: what a fleet is made of. Written last: where it lies, the tables beside it are whole and belong to it. */
export const FleetFileSchema = z.object({
  format: z.literal(FLEET_FORMAT),
  codetracer_version: z.string(),
  targets: z.array(z.string()).describe("what the fleet was made from, as it was given"),
  settings: z.object({
    tracer: z.string(),
    model: z.string().nullable().describe("null = no model was asked"),
    profile: ProfileSchema.describe("which labels stand in labels.json"),
    redact: z.boolean(),
    judged: z.array(z.string()).describe("behaviours that the model judged"),
  }),
  counts: FleetCountsSchema,
  run_ids: z.array(z.string()).describe("ascending; each is a folder below workspaces/"),
  unreadable: z.array(UnreadableSchema).describe("by run, ascending"),
  untraced: z
    .array(UnreadableSchema)
    .describe(
      "runs that the model was to diagnose and did not: an earlier diagnosis stands for them, or that of the rules",
    ),
  warnings: z.array(z.string()).describe("what else was left undone, and why"),
  last_call: z
    .object({
      seconds: z.number().nonnegative(),
      made: z.int().nonnegative().describe("runs read in it"),
      kept: z.int().nonnegative().describe("runs that earlier calls had read"),
      bytes_read: z.int().nonnegative().describe("of the raw runs read in it, as they lie on the disk"),
    })
    .describe("the only part that differs between calls that come to the same"),
});
export type FleetFile = z.infer<typeof FleetFileSchema>;

/** What `writeFleet` takes: the format is known. */
export type FleetContents = Omit<FleetFile, "format">;

/** Reads a fleet's `fleet.json`. Throws CodeTracerError `bad_workspace`. */
export function readFleet(folder: string): FleetFile {
  const file = path.join(folder, FLEET_PLACES.fleet);
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    throw new CodeTracerError(
      "bad_workspace",
      `${folder} is no finished fleet: ${file} is missing or cannot be read as JSON; make one with codetracer fleet <runs> -o <folder>, or give the command of an interrupted one again`,
      { path: file },
    );
  }
  const parsed = FleetFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CodeTracerError(
    "bad_workspace",
    `${file}: ${parsed.error.issues[0]?.path.join(".") || "the file"} is not of the expected shape; run the codetracer fleet command again`,
    { path: file },
  );
}

/** Writes `fleet.json`, whole or not at all. */
export function writeFleet(folder: string, contents: FleetContents): void {
  const file = path.join(folder, FLEET_PLACES.fleet);
  fs.writeFileSync(`${file}.partial`, `${JSON.stringify({ format: FLEET_FORMAT, ...contents }, null, 2)}\n`);
  fs.renameSync(`${file}.partial`, file);
}

/** Takes `fleet.json` away before what it vouches for is replaced. */
export function unmarkFleet(folder: string): void {
  fs.rmSync(path.join(folder, FLEET_PLACES.fleet), { force: true });
}

/** The folder of a run's workspace. */
export function workspaceOf(folder: string, runId: string): string {
  return path.join(folder, FLEET_PLACES.workspaces, runId);
}
