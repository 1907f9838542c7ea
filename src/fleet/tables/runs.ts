import type { RunFacts } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import type { Unreadable } from "../facts/index.ts";
import { column, type Table } from "./column.ts";

/** A run with its workspace. */
export interface RunItem {
  facts: RunFacts;
  workspace: TracedWorkspace;
}

/** How a run ended in one word, as every table and page has it. */
export function outcomeOf({
  outcome,
}: Pick<RunFacts, "outcome">): "harness" | "unknown" | "solved" | "failed" {
  if (outcome.infrastructure_failure !== null) return "harness";
  if (outcome.resolved === null) return "unknown";
  return outcome.resolved ? "solved" : "failed";
}

/** One row a run that was read. */
export const RUNS: Table<RunItem> = {
  name: "runs",
  about: "One row a run that was read.",
  columns: [
    column("run_id", "text", "its workspace's place below `workspaces/`", ({ facts }) => facts.run_id),
    column("run", "text", "the raw run's path as it was given", ({ facts }) => facts.run),
    column("task", "text?", "the task's first words", ({ facts }) => facts.task),
    column(
      "task_key",
      "text?",
      "equal for runs of one task, by the task's text",
      ({ facts }) => facts.task_key,
    ),
    column("agent", "text?", "the agent's name as recorded", ({ facts }) => facts.agent),
    column("agent_version", "text?", "its version as recorded", ({ facts }) => facts.agent_version),
    column("model", "text?", "the model as recorded", ({ facts }) => facts.model),
    column("extractor", "text", "what read the run", ({ facts }) => facts.extractor),
    column("outcome", "text", "solved, failed, unknown, or harness: the harness broke it", ({ facts }) =>
      outcomeOf(facts),
    ),
    column("reward", "number?", "the verifier's number", ({ facts }) => facts.outcome.reward),
    column(
      "exit_status",
      "text?",
      "the agent's or harness's own word for how it ended",
      ({ facts }) => facts.outcome.exit_status,
    ),
    column(
      "outcome_source",
      "text?",
      "file and key that the outcome was read from",
      ({ facts }) => facts.outcome.source,
    ),
    column(
      "harness_failure",
      "text?",
      "why the harness broke the run; null = it did not",
      ({ facts }) => facts.outcome.infrastructure_failure?.reason ?? null,
    ),
    column("step_count", "whole", "steps", ({ facts }) => facts.step_count),
    column("change_count", "whole", "steps that change state", ({ facts }) => facts.change_count),
    column("failed_step_count", "whole", "steps that failed", ({ facts }) => facts.failed_step_count),
    column("started_at", "time?", "when its first step began, UTC", ({ facts }) => facts.started_at),
    column(
      "duration_seconds",
      "number?",
      "from there until its last step ended",
      ({ facts }) => facts.duration_seconds,
    ),
    column(
      "input_tokens",
      "big?",
      "prompt tokens, cached ones included",
      ({ facts }) => facts.tokens?.input ?? null,
    ),
    column("output_tokens", "big?", "tokens of replies", ({ facts }) => facts.tokens?.output ?? null),
    column(
      "cached_tokens",
      "big?",
      "prompt tokens that came from a cache",
      ({ facts }) => facts.tokens?.cached ?? null,
    ),
    column("reasoning_tokens", "big?", "tokens of reasoning", ({ facts }) => facts.tokens?.reasoning ?? null),
    column("cost_usd", "number?", "dollars, as recorded", ({ facts }) => facts.cost_usd),
    column(
      "tracer",
      "text",
      "what diagnosed it: rules, direct or agent",
      ({ workspace }) => workspace.diagnosis.tracer,
    ),
    column(
      "tracer_model",
      "text?",
      "the model that diagnosed it; null = none",
      ({ workspace }) => workspace.diagnosis.model,
    ),
    column("verdict", "text?", "of the diagnosis", ({ facts }) => facts.verdict),
    column("onset_step_id", "whole?", "first step of the failure chain", ({ facts }) => facts.onset_step_id),
    column(
      "cascade_step_count",
      "whole",
      "steps that follow from it",
      ({ workspace }) => workspace.diagnosis.cascade_step_ids.length,
    ),
    column(
      "incorrect_count",
      "whole",
      "steps labelled incorrect",
      ({ facts }) => facts.incorrect_step_ids.length,
    ),
    column(
      "unuseful_count",
      "whole",
      "steps labelled unuseful",
      ({ facts }) => facts.unuseful_step_ids.length,
    ),
    column(
      "score",
      "number?",
      "0 to 100; null = no steps, or the harness broke it",
      ({ facts }) => facts.score?.value ?? null,
    ),
    column(
      "failure_stage",
      "text?",
      "what kind of thing it failed at first; null = it did not fail, or that is not known",
      ({ facts }) => facts.failure?.stage ?? null,
    ),
    column("failure_reason", "text?", "why that stage", ({ facts }) => facts.failure?.reason ?? null),
    column(
      "failure_summary",
      "text?",
      "the failure in the run's own words",
      ({ facts }) => facts.failure?.summary ?? null,
    ),
    column(
      "fidelity_passed",
      "truth",
      "whether the reading of the raw files passed its checks",
      ({ facts }) => facts.fidelity_passed,
    ),
    column(
      "warning_count",
      "whole",
      "what could not be read in the raw files",
      ({ facts }) => facts.warning_count,
    ),
  ],
};

/** One row a run that was not read. */
export const UNREADABLE: Table<Unreadable> = {
  name: "unreadable",
  about: "One row a run that could not be read.",
  columns: [
    column("run", "text", "the raw run's path as it was given", ({ run }) => run),
    column("code", "text", "the kind of error", ({ code }) => code),
    column("message", "text", "what failed, where, and what to do", ({ message }) => message),
  ],
};
