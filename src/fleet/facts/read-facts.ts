import type { RunFacts } from "../../trajectory/index.ts";
import { requireFactsFile } from "./facts-file.ts";
import { readFleet, workspaceOf } from "./fleet-file.ts";

/** The facts of every run of a finished fleet, by run id ascending. Throws CodeTracerError `bad_workspace`. */
export function readFacts(folder: string): RunFacts[] {
  return readFleet(folder).run_ids.map((runId) => requireFactsFile(workspaceOf(folder, runId)));
}
