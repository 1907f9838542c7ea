import path from "node:path";
import type { SharedBudget } from "../../agent/index.ts";
import { FLEET_PLACES } from "../../fleet/facts/index.ts";
import { createFleetJudge, judgeBudget, replyTokens } from "../../fleet/judge/index.ts";
import type { FleetJudge } from "../../fleet/run/index.ts";
import { openModel } from "../../model/index.ts";
import type { Io } from "../io.ts";
import { type ModelFlags, modelOptions, modelSpec } from "../model-flags.ts";
import { dollars } from "../numbers.ts";
import { judgedRubrics } from "./behaviours.ts";

/** Flags that say who judges how runs behave. */
export interface JudgeFlags extends ModelFlags {
  judge?: boolean;
  rubric?: readonly string[];
  maxCost?: string;
}

/** A judge whose share of the money is told once the runs are diagnosed. */
export interface LateJudge {
  judge: FleetJudge;
  /** Dollars that diagnosing took; null = not known, and nothing is left for the judge. */
  onTraced(cost_usd: number | null): void;
}

/**
 * The model as judge of a fleet's behaviours; null = rules alone. What `--max-cost` leaves after the diagnoses bounds it. Throws
 * CodeTracerError `bad_argument` for rubrics that are none or that no model is to judge.
 */
export async function fleetJudge(folder: string, flags: JudgeFlags, io: Io): Promise<LateJudge | null> {
  const rubrics = judgedRubrics(flags, io);
  const spec = modelSpec(flags, io);
  if (spec === null || flags.judge === false) return null;
  const model = await openModel(spec, modelOptions(flags, io));
  const most = flags.maxCost === undefined ? null : dollars("--max-cost", flags.maxCost);
  let left = most;
  const budgetOf = (cost_usd: number): SharedBudget =>
    judgeBudget({ cost_usd, tokens: null, calls: null, seconds: null }, model, io.now);
  return {
    judge: createFleetJudge(rubrics, {
      model,
      budget: most === null ? null : lateBudget(() => budgetOf(left ?? 0)),
      cache_folder: path.join(folder, FLEET_PLACES.judgements),
      max_output_tokens: replyTokens(model),
      signal: io.signal,
    }),
    onTraced: (cost_usd) => {
      if (most !== null) left = cost_usd === null ? 0 : Math.max(0, most - cost_usd);
    },
  };
}

/** A budget that is made when it is first asked: only then is known what is left. */
function lateBudget(make: () => SharedBudget): SharedBudget {
  let made: SharedBudget | null = null;
  const budget = (): SharedBudget => {
    made ??= make();
    return made;
  };
  return {
    reserve: (tokens) => budget().reserve(tokens),
    settle: (tokens, reply) => budget().settle(tokens, reply),
  };
}
