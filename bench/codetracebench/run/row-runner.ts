import { createHash } from "node:crypto";
import path from "node:path";
import { CodeTracerError, type Workspace } from "../../../src/index.ts";
import { ascending } from "../data/row.ts";
import type { Prediction, Refusal, Row } from "../types.ts";
import { type AlignedRun, readRow } from "./aligned-run.ts";
import { configDigest } from "./config-digest.ts";
import type { Ledger, PredictionKey } from "./ledger.ts";
import type { Method, MethodOutput } from "./method.ts";
import type { BenchOptions, BenchTools } from "./run-bench.ts";

/** A prediction that a method could not make. It is tried again the next time. */
export interface Failure {
  traj_id: string;
  method: string;
  repetition: number;
  detail: string;
}

/** What came of one row. */
export interface RowResult {
  predictions: Prediction[];
  refusal: Refusal | null;
  failures: Failure[];
  not_begun: number;
  kept: number;
  extract_seconds: number;
}

/** One prediction that is wanted. */
export interface Task {
  method: Method;
  key: PredictionKey;
}

/** Every prediction that is wanted of a row: methods in their order, then repetitions. */
export function tasksOf(row: Row, methods: readonly Method[], repetitions: number): Task[] {
  return methods.flatMap((method) => {
    const shared = { traj_id: row.traj_id, method: method.name, digest: configDigest(method) };
    return Array.from({ length: repetitions }, (_, index) => ({
      method,
      key: { ...shared, repetition: index + 1 },
    }));
  });
}

/** Makes the predictions of single rows, as far as the ledger does not have them and the cost limit allows. */
export class RowRunner {
  readonly #options: BenchOptions;
  readonly #tools: BenchTools;
  readonly #ledger: Ledger;
  /** Predictions in the works. */
  readonly #running = new Set<Promise<void>>();

  constructor(options: BenchOptions, tools: BenchTools, ledger: Ledger) {
    this.#options = options;
    this.#tools = tools;
    this.#ledger = ledger;
  }

  async run(row: Row): Promise<RowResult> {
    const result: RowResult = {
      predictions: [],
      refusal: null,
      failures: [],
      not_begun: 0,
      kept: 0,
      extract_seconds: 0,
    };
    let read: AlignedRun | undefined;
    for (const task of tasksOf(row, this.#tools.methods, this.#options.repetitions)) {
      const known = this.#ledger.get(task.key);
      if (known) {
        result.kept++;
        result.predictions.push(known);
      } else if (this.#tools.signal.aborted) result.not_begun++;
      else {
        const opened = read ?? (await readRow(row, this.#options.source));
        if ("reason" in opened) return { ...result, predictions: [], kept: 0, refusal: opened };
        read = opened;
        result.extract_seconds = read.extract_seconds;
        await this.#predict(task, read, result);
      }
    }
    return result;
  }

  async #predict(task: Task, run: AlignedRun, result: RowResult): Promise<void> {
    const workspace = task.method.offline ? run.workspace : run.redacted();
    const { cost_usd } = task.method.estimate(workspace);
    while (!this.#reserve(task.key, cost_usd)) {
      // What is running mostly takes less than was set aside for it.
      if (this.#running.size === 0) {
        result.not_begun++;
        return;
      }
      await Promise.race(this.#running);
    }
    const prediction = this.#ask(task, workspace, result);
    const settled = prediction.then(
      () => {},
      () => {},
    );
    this.#running.add(settled);
    try {
      await prediction;
    } finally {
      this.#running.delete(settled);
    }
  }

  async #ask({ method, key }: Task, workspace: Workspace, result: RowResult): Promise<void> {
    const { traj_id, repetition } = key;
    const { signal } = this.#tools;
    const started = performance.now();
    try {
      const journal = journalOf(this.#options.ledger, key);
      const said = await method.predict({ workspace, repetition, journal, signal });
      const prediction = predictionOf(key, said, workspace, (performance.now() - started) / 1000);
      this.#ledger.add(key, prediction);
      result.predictions.push(prediction);
    } catch (error) {
      if (signal.aborted) result.not_begun++;
      else if (error instanceof CodeTracerError)
        result.failures.push({ traj_id, method: method.name, repetition, detail: error.message });
      else throw error;
    }
  }

  /** Sets the estimate aside before a call is made: predictions that run side by side cannot pass the limit together. */
  #reserve(key: PredictionKey, cost_usd: number | null): boolean {
    const limit = this.#options.max_cost_usd;
    if (cost_usd === null && limit !== null) {
      throw new CodeTracerError(
        "bad_argument",
        `--max-cost cannot be kept to: the price of method ${key.method} is not known; leave it out or leave out --max-cost`,
      );
    }
    if (cost_usd === null || cost_usd === 0) return true;
    if (limit !== null && this.#ledger.spent_usd + cost_usd > limit) return false;
    this.#ledger.started(key, cost_usd);
    return true;
  }
}

/** Beside the ledger, a folder for each prediction. */
function journalOf(ledger: string, { traj_id, method, repetition, digest }: PredictionKey): string {
  const row = createHash("sha256").update(traj_id).digest("hex").slice(0, 16);
  const folder = path.join(path.dirname(ledger), "journals", `${method}-${digest.slice(0, 8)}`);
  return path.join(folder, `${row}-${repetition}`, "tracer.jsonl");
}

function predictionOf(
  { traj_id, method, repetition }: PredictionKey,
  { usage, ...said }: MethodOutput,
  { steps, stages }: Workspace,
  seconds: number,
): Prediction {
  const incorrect_step_ids = ascending(said.incorrect_step_ids);
  const unuseful_step_ids = ascending(said.unuseful_step_ids);
  const named = [...incorrect_step_ids, ...unuseful_step_ids, said.onset_step_id ?? 1];
  const wrong = named.find((id) => id < 1 || id > steps.length);
  if (wrong !== undefined && steps.length > 0)
    throw new Error(`method ${method} named step ${wrong} of ${steps.length}`);
  const stage_ranges = stages
    .filter((stage) => incorrect_step_ids.some((id) => id >= stage.start_step_id && id <= stage.end_step_id))
    .map(({ stage_id, start_step_id, end_step_id }) => ({ stage_id, start_step_id, end_step_id }));
  const { onset_step_id, scores, findings } = said;
  return {
    traj_id,
    method,
    repetition,
    incorrect_step_ids,
    unuseful_step_ids,
    onset_step_id,
    stage_ranges,
    ...(scores === undefined ? {} : { scores }),
    ...(findings === undefined ? {} : { findings }),
    usage: { ...usage, seconds },
  };
}
