import type { LabelName, Tokens } from "../../trajectory/index.ts";
import type { ExportRun } from "../types.ts";
import type { Columns } from "./index.ts";

/** One row a run. Lists are separated by spaces; sums are over the steps that record the number, empty where none does. */
export const RUN_COLUMNS: Columns<ExportRun> = {
  run_id: ({ run_id }) => run_id,
  run: ({ workspace }) => workspace.extraction.run,
  agent: ({ workspace }) => workspace.extraction.agent.name,
  agent_version: ({ workspace }) => workspace.extraction.agent.version,
  model: ({ workspace }) => workspace.extraction.agent.model,
  extractor: ({ workspace }) => workspace.extraction.extractor.id,
  task: ({ workspace }) => workspace.task,
  resolved: ({ workspace }) => workspace.extraction.outcome.resolved,
  reward: ({ workspace }) => workspace.extraction.outcome.reward,
  exit_status: ({ workspace }) => workspace.extraction.outcome.exit_status,
  outcome_source: ({ workspace }) => workspace.extraction.outcome.source,
  infrastructure_failure: ({ workspace }) =>
    workspace.extraction.outcome.infrastructure_failure?.reason ?? null,
  step_count: ({ workspace }) => workspace.steps.length,
  change_count: ({ workspace }) => workspace.steps.filter(({ kind }) => kind === "change").length,
  failed_step_count: ({ workspace }) => workspace.steps.filter(({ failed }) => failed).length,
  started_at: ({ workspace }) =>
    workspace.steps.find(({ started_at }) => started_at !== undefined)?.started_at ?? null,
  input_tokens: (run) => tokens(run, "input"),
  output_tokens: (run) => tokens(run, "output"),
  cached_tokens: (run) => tokens(run, "cached"),
  reasoning_tokens: (run) => tokens(run, "reasoning"),
  cost_usd: ({ workspace }) => sum(workspace.steps.map(({ cost_usd }) => cost_usd)),
  tracer: ({ workspace }) => workspace.diagnosis.tracer,
  tracer_model: ({ workspace }) => workspace.diagnosis.model,
  verdict: ({ workspace }) => workspace.diagnosis.verdict,
  onset_step_id: ({ workspace }) => workspace.diagnosis.onset_step_id,
  incorrect_step_ids: (run) => labelled(run, "incorrect"),
  unuseful_step_ids: (run) => labelled(run, "unuseful"),
  summary: ({ workspace }) => workspace.diagnosis.summary,
  strategy: ({ workspace }) => workspace.diagnosis.strategy,
  score: ({ facts }) => facts?.score?.value ?? null,
  behaviours: ({ facts }) =>
    facts?.flags
      .filter(({ present }) => present === true)
      .map(({ behaviour }) => behaviour)
      .join(" ") ?? null,
  failure_stage: ({ facts }) => facts?.failure?.stage ?? null,
  fidelity_passed: ({ workspace }) => workspace.extraction.fidelity.passed,
  warning_count: ({ workspace }) => workspace.extraction.warnings.length,
};

function tokens({ workspace }: ExportRun, key: keyof Tokens): number | null {
  return sum(workspace.steps.map((step) => step.tokens?.[key]));
}

function sum(numbers: readonly (number | undefined)[]): number | null {
  const known = numbers.filter((number) => number !== undefined);
  return known.length === 0 ? null : known.reduce((total, number) => total + number, 0);
}

function labelled({ workspace }: ExportRun, name: LabelName): string {
  return workspace.diagnosis.labels
    .filter(({ label }) => label === name)
    .map(({ step_id }) => step_id)
    .join(" ");
}
