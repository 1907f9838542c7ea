import { factsOf } from "../../../src/fleet/facts/index.ts";
import type { FailureStage, RunFacts } from "../../../src/trajectory/index.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { look, steps } from "../../support/steps.ts";

const EMPTY = factsOf(madeWorkspace("runs/made", steps(look("ls", "a"))), "made");

/** Facts of a run of which only this matters. `resolved` null = not known. */
export function madeFacts(
  run_id: string,
  task_key: string | null,
  resolved: boolean | null,
  more: Partial<Omit<RunFacts, "failure">> & {
    stage?: FailureStage;
    shows?: Record<string, boolean | null>;
  } = {},
): RunFacts {
  const { stage = "hypothesis", shows = {}, ...rest } = more;
  return {
    ...EMPTY,
    run_id,
    task_key,
    task: task_key === null ? null : `do ${task_key}`,
    agent: "agent",
    agent_version: "1",
    model: "model",
    outcome: { ...EMPTY.outcome, resolved },
    failure:
      resolved === false
        ? { stage, reason: `why ${run_id} failed`, summary: "it failed", evidence: [] }
        : null,
    flags: Object.entries(shows).map(([behaviour, present]) => ({
      behaviour,
      present,
      confidence: 1,
      step_ids: [],
      evidence: [],
      reason: "so",
      judged_by: "rules",
    })),
    score: { value: resolved === false ? 70 : 100, penalties: [] },
    ...rest,
  };
}
