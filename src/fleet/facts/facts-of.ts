import type { BehaviourFlag, LabelName, RunFacts } from "../../trajectory/index.ts";
import { VERSION } from "../../util/version.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { judgeBehaviours } from "../behaviours/index.ts";
import { failureOf } from "../failures/index.ts";
import { scoreRun } from "../score/index.ts";
import { sumCost, sumTokens, timeOf } from "./sums.ts";
import { taskGist, taskKey } from "./task-key.ts";

/** What the facts of a run depend on besides its workspace. */
export interface FactsOptions {
  /** Over what the facts are made from; empty = they are not kept. */
  digest?: string;
  /** Verdicts of a model. One replaces what the rules say of the same behaviour, unless it abstains and they do not. */
  judged?: readonly BehaviourFlag[];
}

/** What a fleet knows of one run. `runId` is its workspace's place below the fleet's workspaces. Pure. */
export function factsOf(
  workspace: TracedWorkspace,
  runId: string,
  { digest = "", judged = [] }: FactsOptions = {},
): RunFacts {
  const { extraction, diagnosis, steps, task } = workspace;
  const { tests: _, ...outcome } = extraction.outcome;
  const flags = together(judgeBehaviours(workspace), judged);
  return {
    codetracer_version: VERSION,
    facts_digest: digest,
    run_id: runId,
    run: extraction.run,
    task: taskGist(task),
    task_key: taskKey(task),
    agent: extraction.agent.name,
    agent_version: extraction.agent.version,
    model: extraction.agent.model,
    extractor: extraction.extractor.id,
    outcome,
    step_count: steps.length,
    change_count: steps.filter(({ kind }) => kind === "change").length,
    failed_step_count: steps.filter(({ failed }) => failed).length,
    ...timeOf(steps),
    tokens: sumTokens(steps),
    cost_usd: sumCost(steps),
    verdict: diagnosis.verdict,
    onset_step_id: diagnosis.onset_step_id,
    incorrect_step_ids: labelled(workspace, "incorrect"),
    unuseful_step_ids: labelled(workspace, "unuseful"),
    flags,
    score: scoreRun(workspace, flags),
    failure: failureOf(workspace),
    fidelity_passed: extraction.fidelity.passed,
    warning_count: extraction.warnings.length,
  };
}

function labelled({ diagnosis }: TracedWorkspace, label: LabelName): number[] {
  const ids = diagnosis.labels.filter((one) => one.label === label).map(({ step_id }) => step_id);
  return [...new Set(ids)].sort((a, b) => a - b);
}

/** The rules' flags in their order with a model's in their place, then those of rubrics that no rule knows. */
function together(byRules: readonly BehaviourFlag[], judged: readonly BehaviourFlag[]): BehaviourFlag[] {
  const known = new Set(byRules.map(({ behaviour }) => behaviour));
  const better = new Map(
    judged.filter(({ present }) => present !== null).map((flag) => [flag.behaviour, flag]),
  );
  return [
    ...byRules.map((flag) => better.get(flag.behaviour) ?? flag),
    ...judged.filter(({ behaviour }) => !known.has(behaviour)),
  ];
}
