import path from "node:path";
import type { RunFacts } from "../../trajectory/index.ts";
import { VERSION } from "../../util/version.ts";
import {
  FLEET_PLACES,
  type FleetFile,
  readFleet,
  type Unreadable,
  unmarkFleet,
  writeClusters,
  writeFleet,
} from "../facts/index.ts";
import { clusterFailures, type FailureClusters } from "../failures/clusters.ts";
import { rowOf, rowsOfClusters, type TablesWriter, UNREADABLE, writeTables } from "../tables/index.ts";
import { countRuns } from "./counts.ts";
import { type FleetJudge, type Judgements, judgeRuns } from "./judge-runs.ts";
import { type PlanOptions, planFleet } from "./plan.ts";
import { inOrder, openWorkers, type Workers } from "./pool.ts";
import type { OnProgress } from "./progress.ts";
import { type ReadResult, type ReadRun, readFleetRuns } from "./read-fleet-runs.ts";
import { type TraceRequest, traceRuns } from "./trace-runs.ts";

/** What a fleet is made from, and how. */
export interface FleetRequest {
  targets: readonly string[];
  /** The fleet's folder. */
  folder: string;
  options: Omit<PlanOptions, "trace">;
  threads: number;
  /** null = by rules. */
  trace: TraceRequest | null;
  /** null = behaviours by rules alone. */
  judge: FleetJudge | null;
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  onProgress: OnProgress;
}

/** A finished fleet. */
export interface Fleet {
  fleet: FleetFile;
  /** By run id. */
  facts: RunFacts[];
  clusters: FailureClusters;
}

/**
 * Reads, indexes and diagnoses every run of a fleet and writes its tables and `fleet.json`. What lies in the folder and is up to
 * date is kept: a killed call goes on where it was, and ends with the same tables. null = interrupted. Throws CodeTracerError
 * where a target cannot be opened.
 */
export async function runFleet(request: FleetRequest): Promise<Fleet | null> {
  const { folder, signal, trace, options } = request;
  const startedAt = request.now();
  const workspaces = path.join(folder, FLEET_PLACES.workspaces);
  const plan = planFleet(request.targets, workspaces, { ...options, trace: trace === null });
  const workers = openWorkers(request.threads, signal);
  try {
    const read = await readFleetRuns(plan.jobs, workspaces, workers, signal, request.onProgress);
    if (signal.aborted) return null;
    const untraced = trace === null ? [] : await traceRuns(read.runs, trace, signal, request.onProgress);
    if (signal.aborted) return null;
    const judgements = await judgeRuns(read.runs, request.judge, request.onProgress);
    if (signal.aborted) return null;
    const readErrors = [...plan.unreadable, ...read.unreadable];
    const finished = await finishRuns(read, { readErrors, judgements, workers }, request);
    if (finished === null) return null;
    const { facts, unreadable, tables } = finished;
    const clusters = clusterFailures(facts);
    tables.add(rowsOfClusters(clusters));
    unmarkFleet(folder);
    tables.publish();
    writeClusters(folder, clusters);
    writeFleet(folder, {
      codetracer_version: VERSION,
      targets: [...request.targets],
      settings: settingsOf(request),
      counts: countRuns(facts, unreadable.length),
      run_ids: facts.map(({ run_id }) => run_id),
      unreadable,
      untraced,
      warnings: [...plan.warnings, ...judgements.warnings],
      last_call: lastCall(read, request.now() - startedAt),
    });
    return { fleet: readFleet(folder), facts, clusters };
  } finally {
    await workers.close();
  }
}

interface FinishedRuns {
  facts: RunFacts[];
  unreadable: Unreadable[];
  tables: TablesWriter;
}

/** What is known once every run was read. */
interface Gathered {
  readErrors: readonly Unreadable[];
  judgements: Judgements;
  workers: Workers;
}

/** Makes facts and rows, run by run in their order; only the facts stay in memory. */
async function finishRuns(
  { runs }: ReadResult,
  { readErrors, judgements, workers }: Gathered,
  { folder, options, signal, onProgress }: FleetRequest,
): Promise<FinishedRuns | null> {
  const tables = writeTables(path.join(folder, FLEET_PLACES.tables));
  const facts: RunFacts[] = [];
  const unreadable = [...readErrors];
  const finish = ({ run_id, folder: workspace }: ReadRun) =>
    workers.finish({
      folder: workspace,
      run_id,
      judged: judgements.flags.get(run_id) ?? [],
      force: options.force,
    });
  for await (const one of inOrder(runs, workers.threads * 2, finish)) {
    if (signal.aborted) return null;
    if ("facts" in one) {
      facts.push(one.facts);
      tables.add(one.rows);
    } else unreadable.push(one);
    onProgress({
      phase: "finish",
      done: facts.length,
      total: runs.length,
      runs: facts.length,
      unreadable: unreadable.length,
      bytes_done: 0,
      bytes_total: 0,
      is_work: true,
    });
  }
  unreadable.sort((a, b) => (a.run < b.run ? -1 : 1));
  tables.add({ [UNREADABLE.name]: unreadable.map((one) => rowOf(UNREADABLE, one)) });
  return { facts, unreadable, tables };
}

function settingsOf({ trace, judge, options }: FleetRequest): FleetFile["settings"] {
  return {
    tracer: trace?.tracer.name ?? "rules",
    model: trace?.tracer.settings.model ?? null,
    profile: trace?.profile ?? "codetracebench",
    redact: options.redact,
    judged: [...(judge?.behaviours ?? [])],
  };
}

function lastCall({ made, kept, bytes_read }: ReadResult, ms: number): FleetFile["last_call"] {
  return { seconds: Math.round(ms) / 1000, made, kept, bytes_read };
}
