import { ModelError, type ModelFailure } from "../../model/model-error.ts";
import type { BehaviourFlag } from "../../trajectory/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { readWorkspace } from "../../workspace/read.ts";
import type { FleetJudge, Judgements } from "../run/judge-runs.ts";
import { STOPS } from "./ends.ts";
import { fleetWarnings, type JudgedRun } from "./fleet-warnings.ts";
import { judgeWithModel } from "./judge-run.ts";
import type { Rubric } from "./rubric.ts";
import type { JudgeSettings } from "./settings.ts";

/** Runs that are judged at a time: the model's own limit bounds the calls. */
const RUNS_AT_A_TIME = 8;
/** Failures of the model in a row after which no more is asked: the server is gone, not one reply. */
const FAILURES_MAX = 3;
/** Failures that the next call would meet as well. */
const HOPELESS: ReadonlySet<ModelFailure> = new Set<ModelFailure>([
  "missing_key",
  "rejected_key",
  "unknown_model",
]);

/** A run of a fleet: its id and its workspace's folder. */
export type JudgedPlace = Parameters<FleetJudge["judge"]>[0][number];

/** A judge of fleets, ready for any number of runs. Nothing is asked yet. */
export function createFleetJudge(rubrics: readonly Rubric[], settings: JudgeSettings): FleetJudge {
  return {
    behaviours: rubrics.map(({ id }) => id),
    judge: (runs, onDone) => judgeFleet(runs, rubrics, settings, onDone),
  };
}

/**
 * Has a model judge the runs of a fleet, some at a time. A run that it could not judge does not stop the others, a limit does; the warnings say what was left undone. What
 * was answered lies in the cache: after a kill the same call goes on from there. Throws CodeTracerError `model` where the model is of no use to any run.
 */
export async function judgeFleet(
  runs: readonly JudgedPlace[],
  rubrics: readonly Rubric[],
  settings: JudgeSettings,
  onDone: (done: number) => void,
): Promise<Judgements> {
  const judged: (JudgedRun | undefined)[] = runs.map(() => undefined);
  const state: State & { next: number; done: number } = {
    next: 0,
    done: 0,
    failures: 0,
    error: null,
    isOver: false,
  };
  const work = async (): Promise<void> => {
    for (let at = state.next++; at < runs.length && !state.isOver; at = state.next++) {
      const place = runs[at];
      if (place === undefined || settings.signal.aborted) return;
      const one = await judgeOne(place, rubrics, settings);
      judged[at] = one;
      note(one, state);
      onDone(++state.done);
    }
  };
  await Promise.all(Array.from({ length: RUNS_AT_A_TIME }, work));
  const known = judged.filter((one) => one !== undefined);
  if (state.error !== null && !known.some(isAnswered)) throw state.error;
  const flags = new Map<string, readonly BehaviourFlag[]>(
    known.map(({ run_id, judgement }) => [run_id, judgement?.flags ?? []]),
  );
  return { flags, warnings: fleetWarnings(known, runs.length, rubrics.length) };
}

interface State {
  /** Failed calls since the last reply. */
  failures: number;
  /** That made it end; null = none did. */
  error: ModelError | null;
  isOver: boolean;
}

function note({ judgement, error }: JudgedRun, state: State): void {
  if (judgement !== null) {
    if (judgement.usage.calls > 0) state.failures = 0;
    if (judgement.unjudged.some(({ end }) => STOPS.has(end))) state.isOver = true;
    return;
  }
  if (!(error instanceof ModelError)) return;
  state.failures++;
  if (!HOPELESS.has(error.failure) && state.failures < FAILURES_MAX) return;
  state.isOver = true;
  state.error ??= error;
}

/** The model answered, now or earlier. */
function isAnswered({ judgement }: JudgedRun): boolean {
  return judgement !== null && judgement.usage.calls + judgement.kept > 0;
}

async function judgeOne(
  { run_id, folder }: JudgedPlace,
  rubrics: readonly Rubric[],
  settings: JudgeSettings,
): Promise<JudgedRun> {
  try {
    return { run_id, judgement: await judgeWithModel(readWorkspace(folder), rubrics, settings), error: null };
  } catch (error) {
    if (!(error instanceof CodeTracerError)) throw error;
    return { run_id, judgement: null, error };
  }
}
