import fs from "node:fs";
import path from "node:path";
import { diagnose } from "../analyze/index.ts";
import { judgeBehaviours } from "../fleet/behaviours/index.ts";
import { FLEET_PLACES, factsDigest, readFacts, readFactsFile, workspaceOf } from "../fleet/facts/index.ts";
import { rewardSteps } from "../fleet/score/index.ts";
import type { BehaviourFlag, RunFacts, StepReward } from "../trajectory/index.ts";
import { readWorkspace } from "../workspace/read.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import type { Io } from "./io.ts";
import { tracedTarget } from "./traced-target.ts";

/** A run with what its steps earn. */
export interface ScoredRun {
  run_id: string;
  workspace: TracedWorkspace;
  rewards: StepReward[];
}

/** How many runs or pairs gave no row, by reason. */
export type LeftOut = Map<string, number>;

/** A fleet, whose runs are read one at a time. */
export interface FleetSource {
  kind: "fleet";
  count: number;
  runs(): Iterable<ScoredRun>;
  facts: readonly RunFacts[];
  workspace(runId: string): TracedWorkspace;
}

/** What rewards are read from. */
export type RewardSource = FleetSource | { kind: "run"; count: 1; runs(): Iterable<ScoredRun> };

/** A fleet's folder, or one run however it is given. Throws CodeTracerError as `tracedTarget` and `readFacts` do. */
export async function rewardSource(target: string, io: Io): Promise<RewardSource> {
  const folder = path.resolve(io.cwd, target);
  if (fs.existsSync(path.join(folder, FLEET_PLACES.fleet))) return fleetSource(folder);
  const traced = await tracedTarget(target, io);
  const { workspace } = traced;
  const flags = (traced.folder === null ? undefined : keptFlags(traced.folder)) ?? judgeBehaviours(workspace);
  const run = { run_id: workspace.extraction.run, workspace, rewards: rewardSteps(workspace, flags) };
  return { kind: "run", count: 1, runs: () => [run] };
}

function fleetSource(folder: string): FleetSource {
  const facts = readFacts(folder);
  const workspace = (runId: string): TracedWorkspace => {
    const { diagnosis, labels, ...read } = readWorkspace(workspaceOf(folder, runId));
    return diagnosis && labels ? { ...read, diagnosis, labels } : diagnose(read);
  };
  return {
    kind: "fleet",
    count: facts.length,
    facts,
    workspace,
    *runs() {
      for (const { run_id, flags } of facts) {
        const read = workspace(run_id);
        yield { run_id, workspace: read, rewards: rewardSteps(read, flags) };
      }
    },
  };
}

/** The flags beside a workspace, those that a model judged among them, where they are of this workspace. */
function keptFlags(folder: string): BehaviourFlag[] | undefined {
  const facts = readFactsFile(folder);
  if (!facts) return undefined;
  const judged = facts.flags.filter(({ judged_by }) => judged_by !== "rules");
  return facts.facts_digest === factsDigest(folder, judged) ? facts.flags : undefined;
}
