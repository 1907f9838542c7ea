import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/fleet/facts/index.ts";
import { clusterFailures } from "../../../src/fleet/failures/clusters.ts";
import { countRuns } from "../../../src/fleet/run/counts.ts";
import { countBehaviours, renderHighlights } from "../../../src/fleet/run/highlights.ts";
import type { BehaviourFlag, RunFacts } from "../../../src/trajectory/index.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { look, steps } from "../../support/steps.ts";

function flag(behaviour: string, present: boolean | null): BehaviourFlag {
  return { behaviour, present, confidence: 1, step_ids: [], evidence: [], reason: "", judged_by: "rules" };
}

function run(id: string, flags: BehaviourFlag[], resolved: boolean | null = null): RunFacts {
  const made = madeWorkspace(id, steps(look("ls", "a")), { outcome: { resolved } });
  return { ...factsOf(made, id), flags };
}

const FACTS = [
  run("a", [flag("tool-loop", true), flag("validation", true)], false),
  run("b", [flag("tool-loop", false), flag("validation", true), flag("my-rubric", true)], true),
  run("c", [flag("tool-loop", null), flag("my-rubric", true)]),
];

describe("countBehaviours", () => {
  it("leaves out runs of which it cannot be said", () => {
    expect(countBehaviours(FACTS)).toEqual([
      { behaviour: "my-rubric", present: 2, judged: 2 },
      { behaviour: "validation", present: 2, judged: 2 },
      { behaviour: "tool-loop", present: 1, judged: 2 },
    ]);
  });
});

describe("renderHighlights", () => {
  it("names behaviours that hurt or that only a rubric knows, not the good ones", () => {
    const text = renderHighlights(FACTS, clusterFailures(FACTS), { color: false, width: 100 });
    expect(text).toContain("Behaviours  my-rubric 2 of 2, tool-loop 1 of 2 runs");
    expect(text).not.toContain("validation");
  });
});

describe("countRuns", () => {
  it("counts how runs ended and what they add up to", () => {
    const base = FACTS[0] as RunFacts;
    const broken = { ...base.outcome, infrastructure_failure: { reason: "no image", source: "x" } };
    const facts = [...FACTS, { ...base, run_id: "d", outcome: broken, task_key: null, step_count: 0 }];
    expect(countRuns(facts, 5)).toEqual({
      ...{ runs: 4, unreadable: 5, solved: 1, failed: 1, unknown: 1, infrastructure: 1 },
      ...{ without_steps: 1, steps: 3, tasks: 1, fidelity_failed: 0 },
    });
  });
});
