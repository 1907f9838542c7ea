import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { CodeTracerError } from "../../src/index.ts";
import { JUDGEMENTS_FILE } from "../fit-rules/judgements.ts";
import type { Claim } from "./selector.ts";

const StepsSchema = z.array(z.int().positive());
const SpanSchema = z.tuple([z.int().positive(), z.int().positive()]);
const ConfidenceSchema = z.number().min(0).max(100);

/** The kinds by their letter in the file. */
const KINDS = {
  a: "fabricated_result",
  b: "unbacked_success",
  c: "ignored_evidence",
  d: "wrong_change",
  e: "abandoned_direction",
  f: "stuck_terminal",
} as const satisfies Record<string, Claim["kind"]>;

const SessionSchema = z.object({
  blocks: z.array(
    z.object({
      steps: StepsSchema.min(1),
      confidence: ConfidenceSchema,
      kind: z.enum(["a", "b", "c", "d", "e", "f"]),
    }),
  ),
  direct: StepsSchema,
  stages: z.array(SpanSchema),
  error_stages: z.array(
    z.object({ stage: SpanSchema, incorrect: StepsSchema, confidence: ConfidenceSchema }),
  ),
});
type Recorded = z.infer<typeof SessionSchema>;

/** What three blind protocols said of one run. */
export interface Session {
  /** Enumerated blocks, as an investigation would hand them in. */
  findings: readonly Claim[];
  /** The same with the stage-first protocol's verdict in the place of a share: 0 where it kept no stage around the block. */
  by_verdict: readonly Claim[];
  /** Steps labelled at once. */
  direct: readonly number[];
  /** Steps of the stages that the stage-first protocol kept, and its confidence, 0 to 1. */
  stage_first: readonly { step_ids: readonly number[]; confidence: number }[];
}

/** The sessions of a data folder by traj_id. Throws CodeTracerError where the file is missing or broken. */
export function readSessions(folder: string): Map<string, Session> {
  const file = path.join(folder, JUDGEMENTS_FILE);
  try {
    const { rows } = z
      .object({ rows: z.record(z.string(), SessionSchema) })
      .parse(JSON.parse(fs.readFileSync(file, "utf8")));
    return new Map(Object.entries(rows).map(([traj_id, recorded]) => [traj_id, sessionOf(recorded)]));
  } catch (cause) {
    throw new CodeTracerError(
      "unreadable",
      `${file}: expected {rows: {traj_id: {blocks, direct, stages, error_stages}}}; name a folder that has it`,
      { path: file, cause },
    );
  }
}

function sessionOf(recorded: Recorded): Session {
  const claims = (share: (block: readonly number[]) => number): Claim[] =>
    recorded.blocks.map(({ steps, confidence, kind }) => {
      const step_ids = [...new Set(steps)].sort((a, b) => a - b);
      return { step_ids, kind: KINDS[kind], confidence: confidence / 100, stretch_share: share(step_ids) };
    });
  return {
    findings: claims((ids) => ownShare(ids, recorded)),
    by_verdict: claims((ids) => verdictShare(ids, recorded)),
    direct: [...new Set(recorded.direct)].sort((a, b) => a - b),
    stage_first: recorded.error_stages.map(({ incorrect, confidence }) => ({
      step_ids: incorrect,
      confidence: confidence / 100,
    })),
  };
}

/** As an investigation counts it: the wrong steps of the stage, those of the block among them. The fullest stage that the block touches. */
function ownShare(ids: readonly number[], { stages, error_stages }: Recorded): number {
  const wrong = new Set([...ids, ...error_stages.flatMap((one) => one.incorrect)]);
  return Math.max(
    0,
    ...stages
      .filter((stage) => ids.some((id) => isInside(id, stage)))
      .map((stage) => shareOf(stage, [...wrong])),
  );
}

/** The share of the fullest kept stage that the block touches; 0 = none was kept. */
function verdictShare(ids: readonly number[], { error_stages }: Recorded): number {
  return Math.max(
    0,
    ...error_stages
      .filter(({ stage }) => ids.some((id) => isInside(id, stage)))
      .map(({ stage, incorrect }) => shareOf(stage, incorrect)),
  );
}

function shareOf(stage: readonly [number, number], ids: readonly number[]): number {
  return ids.filter((id) => isInside(id, stage)).length / (stage[1] - stage[0] + 1);
}

function isInside(id: number, [first, last]: readonly [number, number]): boolean {
  return first <= id && id <= last;
}
