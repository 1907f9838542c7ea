import type { FleetPageInput } from "../../../src/report/html/fleet-data.ts";
import { fleetRunDetail } from "../../../src/report/html/fleet-detail.ts";
import type { BehaviourFlag, RunFacts } from "../../../src/trajectory/index.ts";
import { hostileRun } from "../support/hostile-run.ts";
import { longRun } from "../support/long-run.ts";

const MODELS = ["model-a", "model-b"];
/** Runs of one task: each model has each task once. */
const RUNS_A_TASK = 2;

/** What a fleet knows of a run, with parts of one's own. */
export function madeFacts(run_id: string, more: Partial<RunFacts> = {}): RunFacts {
  return {
    codetracer_version: "0.0.0",
    facts_digest: "",
    run_id,
    run: `runs/${run_id}`,
    task: `mend part ${run_id}`,
    task_key: `task of ${run_id}`,
    agent: "agent-one",
    agent_version: null,
    model: "model-a",
    extractor: "made",
    outcome: {
      resolved: false,
      reward: null,
      exit_status: null,
      source: "result.json: passed",
      infrastructure_failure: null,
    },
    step_count: 42,
    change_count: 14,
    failed_step_count: 6,
    started_at: null,
    duration_seconds: null,
    tokens: null,
    cost_usd: null,
    verdict: "diagnosed",
    onset_step_id: 14,
    incorrect_step_ids: [14],
    unuseful_step_ids: [],
    flags: [],
    score: null,
    failure: null,
    fidelity_passed: true,
    warning_count: 0,
    ...more,
  };
}

/** A verdict on a behaviour. */
export function madeFlag(behaviour: string, present: boolean | null): BehaviourFlag {
  return {
    behaviour,
    present,
    confidence: 0.8,
    step_ids: present ? [7, 14] : [],
    evidence: present ? [{ step_id: 7, where: "observation", quote: "error: part-7 has no header" }] : [],
    reason: present ? "A failing build was started again." : "Nothing of it.",
    judged_by: "rules",
  };
}

/** A fleet of two models over the same tasks: every third run is solved, every fifth shows a loop. */
export function madeFleet(count: number): FleetPageInput {
  const detail = fleetRunDetail(longRun(42));
  const runs = Array.from({ length: count }, (_, index) => ({ facts: factsAt(index), detail }));
  const failed = runs.map(({ facts }) => facts).filter(({ outcome }) => outcome.resolved === false);
  const members = failed.slice(0, 12).map(({ run_id }) => run_id);
  return {
    name: "two models",
    codetracer_version: "0.0.0",
    diagnosed_by: "rules, no model asked",
    runs,
    unreadable: [
      { run: "runs/broken", code: "no_extractor", message: "runs/broken: no format is recognised" },
    ],
    associations: [
      { by: "all", value: null, notes: ["Runs of one task are alike."], rows: [loops(failed, runs)] },
    ],
    clusters: {
      verdict: "clear",
      note: "silhouette 0.34",
      ungrouped_run_ids: failed.slice(12).map(({ run_id }) => run_id),
      clusters: [
        {
          cluster_id: 1,
          name: "no header",
          named_by: "terms",
          terms: ["header", "no header"],
          size: members.length,
          silhouette: 0.4,
          run_ids: members,
          exemplar_run_ids: members.slice(0, 1),
          stages: [{ value: "dependency", runs: members.length }],
          agents: [{ value: "agent-one", runs: members.length }],
          models: [{ value: null, runs: members.length }],
          over_time: [],
          undated_runs: members.length,
        },
      ],
    },
    warnings: [],
  };
}

function factsAt(index: number): RunFacts {
  const resolved = index % 3 === 0;
  const isLoop = index % 5 === 1;
  return madeFacts(`run-${String(index).padStart(4, "0")}`, {
    task: `mend part ${Math.floor(index / RUNS_A_TASK)} of the parser`,
    task_key: `task ${Math.floor(index / RUNS_A_TASK)}`,
    model: MODELS[index % MODELS.length] ?? null,
    outcome: { ...madeFacts("").outcome, resolved },
    step_count: 42,
    flags: [madeFlag("retry-loop", isLoop), madeFlag("planning", index % 2 === 0 ? null : false)],
    score: {
      value: resolved ? 96 : 40 + (index % 20),
      penalties: [{ name: "failed", points: 4, reason: "Steps failed.", step_ids: [7] }],
    },
    failure: resolved
      ? null
      : { stage: "dependency", reason: "a header is missing", summary: "error: no header", evidence: [] },
    cost_usd: index % 4 === 0 ? 0.25 : null,
  });
}

type Row = FleetPageInput["associations"][number]["rows"][number];

function loops(failed: readonly RunFacts[], runs: FleetPageInput["runs"]): Row {
  const solved = runs.map(({ facts }) => facts).filter(({ outcome }) => outcome.resolved === true);
  const shown = (list: readonly RunFacts[]) => list.filter(({ flags }) => flags[0]?.present === true).length;
  return {
    behaviour: "retry-loop",
    polarity: "bad",
    failed: { present: shown(failed), judged: failed.length },
    solved: { present: shown(solved), judged: solved.length },
    abstained: 0,
    risk_ratio: 2.5,
    interval: { low: 1.2, high: 5.2 },
    is_corrected: false,
    is_shown: true,
    p: 0.004,
    p_corrected: 0.012,
  };
}

/** A fleet that holds a text wherever a run, a model or the one who started it could put one. */
export function hostileFleet(text: string): FleetPageInput {
  const [workspace, flags, score] = hostileRun(text);
  const fleet = madeFleet(2);
  const facts = (run_id: string) =>
    madeFacts(run_id, {
      codetracer_version: text,
      run: text,
      task: text,
      task_key: text,
      agent: text,
      agent_version: text,
      model: `${text}${run_id.length}`,
      extractor: text,
      outcome: { resolved: false, reward: 0, exit_status: text, source: text, infrastructure_failure: null },
      started_at: text,
      verdict: text,
      onset_step_id: 3,
      flags,
      score,
      failure: { stage: "dependency", reason: text, summary: text, evidence: [] },
      fidelity_passed: false,
    });
  const count = [{ value: text, runs: 1 }];
  const ids = [text, `${text}.`];
  const row = loops([], []);
  return {
    ...fleet,
    name: text,
    diagnosed_by: text,
    runs: ids.map((id) => ({ facts: facts(id), detail: fleetRunDetail(workspace) })),
    unreadable: [{ run: text, code: text, message: text }],
    associations: [
      { by: "all", value: null, rows: [{ ...row, behaviour: text }], notes: [text] },
      { by: "agent", value: text, rows: [{ ...row, behaviour: text }], notes: [text] },
    ],
    clusters: {
      verdict: "weak",
      note: text,
      ungrouped_run_ids: [text],
      clusters: (fleet.clusters?.clusters ?? []).map((cluster) => ({
        ...cluster,
        name: text,
        named_by: text,
        terms: [text],
        size: 2,
        run_ids: ids,
        exemplar_run_ids: [text],
        stages: count,
        agents: count,
        models: count,
        over_time: [
          { from: text, runs: 1 },
          { from: `${text}.`, runs: 1 },
        ],
        undated_runs: 0,
      })),
    },
    warnings: [text],
  };
}
