import path from "node:path";
import { traceInputOf } from "../../analyze/index.ts";
import type { ModelTracer } from "../../trace/index.ts";
import { readWorkspace } from "../../workspace/read.ts";
import { FLEET_PLACES } from "../facts/index.ts";
import { planFleet } from "./plan.ts";
import { openWorkers } from "./pool.ts";
import { readFleetRuns } from "./read-fleet-runs.ts";
import type { FleetRequest } from "./run-fleet.ts";

/** About what a model would take for a fleet. */
export interface FleetEstimate {
  /** Without those whose diagnosis is there already. */
  runs: number;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  /** null = unknown price. */
  cost_usd: number | null;
}

/** Reads the runs, asks no model, and adds up what `tracer` would take. null = interrupted. */
export async function estimateFleet(
  request: FleetRequest,
  tracer: ModelTracer,
): Promise<FleetEstimate | null> {
  const workspaces = path.join(request.folder, FLEET_PLACES.workspaces);
  const plan = planFleet(request.targets, workspaces, { ...request.options, trace: false });
  const workers = openWorkers(request.threads, request.signal);
  try {
    const { runs } = await readFleetRuns(plan.jobs, workspaces, workers, request.signal, request.onProgress);
    const total: FleetEstimate = { runs: 0, calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 };
    for (const { folder } of runs) {
      if (request.signal.aborted) return null;
      const workspace = readWorkspace(folder);
      if (workspace.diagnosis && tracer.gave(workspace.diagnosis) && !request.options.force) continue;
      const { calls, input_tokens, output_tokens, cost_usd } = tracer.estimate(traceInputOf(workspace));
      total.runs++;
      total.calls += calls;
      total.input_tokens += input_tokens;
      total.output_tokens += output_tokens;
      total.cost_usd = total.cost_usd === null || cost_usd === null ? null : total.cost_usd + cost_usd;
    }
    return total;
  } finally {
    await workers.close();
  }
}
