import type { BehaviourFlag } from "../../trajectory/index.ts";
import type { OnProgress } from "./progress.ts";
import type { ReadRun } from "./read-fleet-runs.ts";

/** A model that judges how runs behave. */
export interface FleetJudge {
  /** Ids of the behaviours and rubrics that it judges. */
  behaviours: readonly string[];
  /** Judges diagnosed runs. What it leaves undone, over its limits for one, it says. */
  judge(
    runs: readonly Pick<ReadRun, "run_id" | "folder">[],
    onDone: (done: number) => void,
  ): Promise<Judgements>;
}

/** What a model said of a fleet's behaviours. */
export interface Judgements {
  /** By run id. */
  flags: ReadonlyMap<string, readonly BehaviourFlag[]>;
  warnings: readonly string[];
}

/** Has a model judge the runs. null = nobody was asked. */
export async function judgeRuns(
  runs: readonly ReadRun[],
  judge: FleetJudge | null,
  onProgress: OnProgress,
): Promise<Judgements> {
  if (judge === null) return { flags: new Map(), warnings: [] };
  return await judge.judge(runs, (done) =>
    onProgress({
      phase: "judge",
      done,
      total: runs.length,
      runs: runs.length,
      unreadable: 0,
      bytes_done: 0,
      bytes_total: 0,
      is_work: true,
    }),
  );
}
