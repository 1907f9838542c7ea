import type { IndexedStep, Stage } from "../../trajectory/index.ts";
import { column, type Table } from "./column.ts";
import type { RunItem } from "./runs.ts";

/** A step of a run and the stage it stands in. */
export interface StepItem {
  run_id: string;
  step: IndexedStep;
  stage: Stage | undefined;
}

/** The steps of a run in their order. */
export function stepItems({ facts, workspace }: RunItem): StepItem[] {
  let at = 0;
  return workspace.steps.map((step) => {
    while ((workspace.stages[at]?.end_step_id ?? Number.POSITIVE_INFINITY) < step.step_id) at++;
    return { run_id: facts.run_id, step, stage: workspace.stages[at] };
  });
}

/** One row a step, without the text of action and observation. */
export const STEPS: Table<StepItem> = {
  name: "steps",
  about: "One row a step. Action and observation stand in `steps.json` of the run's workspace, not here.",
  columns: [
    column("run_id", "text", "joins `runs`", ({ run_id }) => run_id),
    column("step_id", "whole", "from 1, in execution order", ({ step }) => step.step_id),
    column("kind", "text", "explore or change", ({ step }) => step.kind),
    column("name", "text", "what it does, in a few words", ({ step }) => step.name),
    column("tool", "text?", "the tool's name as the agent called it", ({ step }) => step.tool ?? null),
    column("agent", "text", "main, or the sub-agent's name", ({ step }) => step.agent),
    column(
      "parent_step_id",
      "whole?",
      "the step that spawned its sub-agent",
      ({ step }) => step.parent_step_id ?? null,
    ),
    column(
      "parallel_group",
      "whole?",
      "shared by the steps that one model turn issued",
      ({ step }) => step.parallel_group ?? null,
    ),
    column("stage_id", "whole?", "the stage that it stands in", ({ stage }) => stage?.stage_id ?? null),
    column("stage", "text?", "the stage's name", ({ stage }) => stage?.stage ?? null),
    column(
      "failed",
      "truth",
      "the exit code, the harness or the observation says that it failed",
      ({ step }) => step.failed,
    ),
    column("exit_code", "big?", "process exit status", ({ step }) => step.exit_code ?? null),
    column(
      "repeat_of",
      "whole?",
      "the earlier step with the same action",
      ({ step }) => step.repeat_of ?? null,
    ),
    column(
      "near_repeat_of",
      "whole?",
      "the earlier step with almost the same action",
      ({ step }) => step.near_repeat_of ?? null,
    ),
    column("started_at", "time?", "UTC", ({ step }) => step.started_at ?? null),
    column("duration_ms", "number?", "milliseconds", ({ step }) => step.duration_ms ?? null),
    column(
      "input_tokens",
      "big?",
      "of its model turn; on the turn's first step only",
      ({ step }) => step.tokens?.input ?? null,
    ),
    column("output_tokens", "big?", "likewise", ({ step }) => step.tokens?.output ?? null),
    column("cached_tokens", "big?", "likewise", ({ step }) => step.tokens?.cached ?? null),
    column("reasoning_tokens", "big?", "likewise", ({ step }) => step.tokens?.reasoning ?? null),
    column("cost_usd", "number?", "dollars, likewise", ({ step }) => step.cost_usd ?? null),
    column("action_chars", "whole", "length of the action", ({ step }) => step.action.length),
    column(
      "observation_chars",
      "whole?",
      "length of the observation; null = not recorded",
      ({ step }) => step.observation?.length ?? null,
    ),
    column(
      "thinking_chars",
      "whole?",
      "length of what led to the action; null = not recorded",
      ({ step }) => step.thinking?.length ?? null,
    ),
    column(
      "programs",
      "texts",
      "programs or tools run, outermost first",
      ({ step }) => step.touches.programs,
    ),
    column("reads", "texts", "paths read", ({ step }) => step.touches.reads ?? []),
    column("writes", "texts", "paths written", ({ step }) => step.touches.writes ?? []),
    column("deletes", "texts", "paths deleted", ({ step }) => step.touches.deletes ?? []),
    column("packages", "texts", "packages installed or removed", ({ step }) => step.touches.packages ?? []),
    column("git", "texts", "git subcommands", ({ step }) => step.touches.git ?? []),
    column("tests", "texts", "test runners called", ({ step }) => step.touches.tests ?? []),
    column("services", "texts", "services started or stopped", ({ step }) => step.touches.services ?? []),
    column("network", "texts", "hosts or URLs contacted", ({ step }) => step.touches.network ?? []),
  ],
};
