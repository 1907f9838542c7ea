import { expect, it } from "vitest";
import { runEvaluations, stepEvaluations } from "../../src/export/evaluations.ts";
import type { RunFacts } from "../../src/trajectory/index.ts";
import { UNKNOWN_OUTCOME } from "../../src/trajectory/index.ts";
import { change, look, steps } from "../support/steps.ts";
import { label, madeRun } from "./made-run.ts";

const FACTS: RunFacts = {
  codetracer_version: "0.0.0",
  facts_digest: "0",
  run_id: "made",
  run: "runs/made",
  task: null,
  task_key: null,
  agent: null,
  agent_version: null,
  model: null,
  extractor: "made",
  outcome: UNKNOWN_OUTCOME,
  step_count: 2,
  change_count: 1,
  failed_step_count: 0,
  started_at: null,
  duration_seconds: null,
  tokens: null,
  cost_usd: null,
  verdict: "diagnosed",
  onset_step_id: null,
  incorrect_step_ids: [],
  unuseful_step_ids: [],
  flags: [
    {
      behaviour: "retry-loop",
      present: true,
      confidence: 0.8,
      step_ids: [2],
      evidence: [{ step_id: 2, where: "action", quote: "rm a" }],
      reason: "It tries again.",
      judged_by: "a-model",
    },
    {
      behaviour: "planning",
      present: null,
      confidence: 0.5,
      step_ids: [],
      evidence: [],
      reason: "Too short to say.",
      judged_by: "rules",
    },
  ],
  score: { value: 90, penalties: [{ name: "slips", points: 10, reason: "one slip", step_ids: [2] }] },
  failure: null,
  fidelity_passed: true,
  warning_count: 0,
};

it("says of a run what was recorded, what was found, and what a fleet adds", () => {
  const run = madeRun(steps(look("ls", "a"), change("rm a")), { labels: [label(2, "rm a")], facts: FACTS });
  run.workspace.extraction.outcome = {
    ...UNKNOWN_OUTCOME,
    resolved: false,
    reward: 0.5,
    source: "result.json: reward",
  };
  expect(
    runEvaluations(run)
      .slice(1)
      .map(({ metadata: _metadata, ...evaluation }) => evaluation),
  ).toEqual([
    {
      name: "codetracer.outcome",
      label: "unresolved",
      score: 0.5,
      explanation: "recorded in result.json: reward",
      judge: "CODE",
      identifier: "recorded",
    },
    {
      name: "codetracer.score",
      label: "penalised",
      score: 90,
      explanation: "-10 slips: one slip",
      judge: "CODE",
      identifier: "score",
    },
    {
      name: "codetracer.behaviour.retry-loop",
      label: "present",
      score: null,
      explanation: "It tries again.\nstep 2, action: rm a",
      judge: "LLM",
      identifier: "a-model",
    },
    {
      name: "codetracer.behaviour.planning",
      label: "unknown",
      score: null,
      explanation: "Too short to say.",
      judge: "CODE",
      identifier: "rules",
    },
  ]);
  expect(runEvaluations(run)[0]).toMatchObject({
    name: "codetracer.verdict",
    metadata: { onset_step_id: 2 },
  });
});

it("says nothing of an outcome that nobody recorded", () => {
  expect(runEvaluations(madeRun(steps(look("ls", "a")))).map(({ name }) => name)).toEqual([
    "codetracer.verdict",
  ]);
});

it("tells labels of one step apart, and a model's from a rule's", () => {
  const run = madeRun(steps(look("ls", "a")), {
    labels: [label(1, "ls"), label(1, "ls", { label: "unuseful", better_alternative: "Read it once." })],
  });
  const { diagnosis } = run.workspace;
  run.workspace.diagnosis = { ...diagnosis, tracer: "agent", tracer_version: 3, model: "some-judge" };
  const evaluations = stepEvaluations(run, 1);
  expect(
    evaluations.map(({ judge, identifier, metadata }) => [judge, identifier, metadata.better_alternative]),
  ).toEqual([
    ["LLM", "agent-3/by-hand/incorrect", undefined],
    ["LLM", "agent-3/by-hand/unuseful", "Read it once."],
  ]);
});
