import { callsOf } from "../call.ts";
import { fileName } from "../file-name.ts";
import { uuid } from "../ids.ts";
import { toJson } from "../json.ts";
import { MAIN, type Thread, threadsOf, turnsOf } from "../turns.ts";
import type { ExportFormat, ExportRun } from "../types.ts";
import { finalMetrics } from "./final-metrics.ts";
import { agentStep, type StepContext } from "./step.ts";
import { timestamp } from "./timestamps.ts";
import type { AtifStep, AtifTrajectory } from "./types.ts";

/** ATIF v1.7: one file a run, sub-agents embedded, labels in `step.extra.codetracer`. */
export const ATIF: ExportFormat = {
  id: "atif",
  title: "ATIF v1.7 trajectories with labels in step.extra",
  parts: (run) => [
    { path: `${fileName(run.run_id)}.trajectory.json`, text: `${toJson(trajectoryOf(run), 2)}\n` },
  ],
};

/** A run as an ATIF trajectory. */
export function trajectoryOf(run: ExportRun): AtifTrajectory {
  return new Writer(run).root();
}

/** Harbor's mark for what a sub-agent did in the main agent's own record. */
const SIDECHAIN = "sidechain";

class Writer {
  readonly #run: ExportRun;
  readonly #main: Thread;
  readonly #others: readonly Thread[];
  readonly #context: StepContext;

  constructor(run: ExportRun) {
    this.#run = run;
    const { steps, stages, diagnosis } = run.workspace;
    const [main, ...others] = threadsOf(steps);
    const isInMain = ({ agent, parent_step_id }: Thread): boolean =>
      agent === SIDECHAIN && parent_step_id === null;
    const inMain = [main, ...others.filter(isInMain)].flatMap((thread) => thread.steps);
    this.#main = { ...main, steps: inMain.sort((a, b) => a.step_id - b.step_id) };
    this.#others = others.filter((thread) => !isInMain(thread));
    this.#context = {
      calls: callsOf(steps),
      labels: diagnosis.labels,
      stages,
      onset_step_id: diagnosis.onset_step_id,
      started: (stepId) =>
        this.#others
          .filter(({ parent_step_id }) => parent_step_id === stepId)
          .map((thread) => this.#idOf(thread)),
    };
  }

  root(): AtifTrajectory {
    const { extraction, task } = this.#run.workspace;
    const { name, version, model } = extraction.agent;
    const before: AtifStep[] = task === null ? [] : [{ step_id: 1, source: "user", message: task }];
    const agent = { name: name ?? "unknown", version: version ?? "unknown" };
    const trajectory = this.#trajectory(
      this.#main,
      model === null ? agent : { ...agent, model_name: model },
      before,
    );
    return { ...trajectory, extra: { codetracer: rootExtra(this.#run) } };
  }

  #trajectory(thread: Thread, agent: AtifTrajectory["agent"], before: readonly AtifStep[]): AtifTrajectory {
    const steps = [...before];
    let last: string | undefined;
    for (const turn of turnsOf(thread.steps)) {
      const time = timestamp(turn[0].started_at, last);
      last = time;
      steps.push(agentStep(turn, steps.length + 1, time, this.#context));
    }
    const embedded = this.#startedBy(thread);
    return {
      schema_version: "ATIF-v1.7",
      session_id: uuid(this.#run, "run"),
      trajectory_id: this.#idOf(thread),
      agent,
      steps: steps.length > 0 ? steps : [this.#nothing()],
      final_metrics: finalMetrics(thread.steps, Math.max(1, steps.length), embedded),
      ...(embedded.length > 0 ? { subagent_trajectories: embedded } : {}),
    };
  }

  /** Sub-agents are embedded where the step that started them stands; where none is recorded, in the main trajectory. */
  #startedBy(thread: Thread): AtifTrajectory[] {
    const ids = new Set<number | null>(thread.steps.map(({ step_id }) => step_id));
    if (thread === this.#main) ids.add(null);
    return this.#others
      .filter(({ parent_step_id }) => ids.has(parent_step_id))
      .map((other) => this.#trajectory(other, { name: other.agent, version: "unknown" }, []));
  }

  #idOf({ agent, parent_step_id }: Thread): string {
    return agent === MAIN && parent_step_id === null
      ? uuid(this.#run, "main")
      : uuid(this.#run, "agent", agent, parent_step_id ?? 0);
  }

  /** A trajectory has a step; a run may have none. */
  #nothing(): AtifStep {
    const { empty_reason } = this.#run.workspace.extraction;
    return { step_id: 1, source: "system", message: empty_reason ?? "No step of the agent is recorded." };
  }
}

function rootExtra({ run_id, workspace, facts }: ExportRun): Record<string, unknown> {
  const { extraction, diagnosis } = workspace;
  const { labels: _labels, findings: _findings, usage: _usage, ...verdict } = diagnosis;
  const known = facts === null ? {} : { score: facts.score, behaviours: facts.flags, failure: facts.failure };
  return {
    version: extraction.codetracer_version,
    run_id,
    run: extraction.run,
    extractor: extraction.extractor.id,
    outcome: extraction.outcome,
    diagnosis: verdict,
    ...known,
  };
}
