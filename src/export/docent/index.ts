import { type Call, callsOf } from "../call.ts";
import { runEvaluations } from "../evaluations.ts";
import { uuid } from "../ids.ts";
import { toJson } from "../json.ts";
import { type Thread, threadsOf } from "../turns.ts";
import type { ExportFormat, ExportRun } from "../types.ts";
import { messagesOf } from "./messages.ts";
import type { AgentRun, Transcript } from "./types.ts";

/** Docent agent runs, one JSON line each: a transcript for each agent, labels in the metadata of the messages they are about. */
export const DOCENT: ExportFormat = {
  id: "docent",
  title: "Docent agent runs (JSON lines)",
  parts: (run) => [{ path: "agent-runs.jsonl", text: `${toJson(agentRunOf(run))}\n` }],
};

/** A run as a Docent agent run. */
export function agentRunOf(run: ExportRun): AgentRun {
  const { workspace, run_id } = run;
  const calls = callsOf(workspace.steps);
  const { summary } = workspace.diagnosis;
  return {
    id: uuid(run, "agent run"),
    name: run_id,
    description: summary === "" ? null : summary,
    transcripts: threadsOf(workspace.steps).map((thread, index) =>
      transcript(run, thread, calls, index === 0 ? workspace.task : null),
    ),
    transcript_groups: [],
    metadata: metadataOf(run),
  };
}

function transcript(run: ExportRun, thread: Thread, calls: readonly Call[], task: string | null): Transcript {
  const { agent, parent_step_id, steps } = thread;
  const started = steps[0]?.started_at;
  return {
    id: uuid(run, "transcript", agent, parent_step_id ?? 0),
    name: agent,
    description: parent_step_id === null ? null : `started by step ${parent_step_id}`,
    transcript_group_id: null,
    created_at:
      started === undefined || Number.isNaN(Date.parse(started)) ? null : new Date(started).toISOString(),
    messages: messagesOf(run, steps, calls, task),
    metadata: { agent, parent_step_id, step_count: steps.length },
  };
}

/** Flat, because Docent cites metadata by its topmost keys. */
function metadataOf(run: ExportRun): Record<string, unknown> {
  const { extraction, diagnosis, steps } = run.workspace;
  const { outcome, agent } = extraction;
  const ids = (name: string): number[] =>
    diagnosis.labels.filter(({ label }) => label === name).map(({ step_id }) => step_id);
  return {
    run: extraction.run,
    agent: agent.name,
    agent_version: agent.version,
    model: agent.model,
    resolved: outcome.resolved,
    reward: outcome.reward,
    exit_status: outcome.exit_status,
    infrastructure_failure: outcome.infrastructure_failure?.reason ?? null,
    step_count: steps.length,
    tracer: diagnosis.tracer,
    verdict: diagnosis.verdict,
    onset_step_id: diagnosis.onset_step_id,
    incorrect_step_ids: ids("incorrect"),
    unuseful_step_ids: ids("unuseful"),
    root_cause_chain: diagnosis.root_cause_chain,
    strategy: diagnosis.strategy,
    scores: Object.fromEntries(
      runEvaluations(run).flatMap(({ name, score }) => (score === null ? [] : [[name, score]])),
    ),
    behaviours: Object.fromEntries(
      (run.facts?.flags ?? []).map(({ behaviour, present }) => [behaviour, present]),
    ),
  };
}
