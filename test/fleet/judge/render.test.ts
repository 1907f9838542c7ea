import { describe, expect, it } from "vitest";
import { NOTHING_SPENT } from "../../../src/agent/usage.ts";
import { disagreements } from "../../../src/fleet/judge/compare-verdicts.ts";
import { renderBehaviours } from "../../../src/fleet/judge/render.ts";
import type { BehaviourFlag } from "../../../src/trajectory/index.ts";

function flag(behaviour: string, present: boolean | null, judged_by: string, quote?: string): BehaviourFlag {
  return {
    behaviour,
    present,
    confidence: present === null ? 0 : 0.5,
    step_ids: present ? [2, 3] : [],
    evidence: quote === undefined ? [] : [{ step_id: 2, where: "observation", quote }],
    reason: `${judged_by} on ${behaviour}`,
    judged_by,
  };
}

const RULES = [
  flag("overconfidence", true, "rules", "from \u001b[31mrules"),
  flag("planning", true, "rules"),
  flag("retry-loop", false, "rules"),
  flag("tool-loop", false, "rules"),
  flag("validation", null, "rules"),
];
const MODEL = [
  flag("overconfidence", false, "m/1"),
  flag("planning", true, "m/1", "a list"),
  flag("retry-loop", true, "m/1", "again"),
  flag("tool-loop", null, "m/1"),
  flag("validation", null, "m/1"),
  flag("asks-for-help", true, "m/1", "why?"),
];

describe("renderBehaviours", () => {
  it("prints the rules' flags where no model was asked", () => {
    expect(renderBehaviours({ run: "runs/a", rules: RULES, model: null }, { color: false, width: 80 })).toBe(
      `Run         runs/a
Judged by   rules

Shows
  overconfidence
    steps 2–3, 50 % sure, by rules
    rules on overconfidence
    step 2, observation  "from rules"
  planning
    steps 2–3, 50 % sure, by rules
    rules on planning

Shows no
  retry-loop, tool-loop

Cannot be told
  validation: rules on validation
`.replaceAll("observation  ", "observation "),
    );
  });

  it("prints both with a model, where they disagree, and what the model left undone", () => {
    const judgement = {
      flags: MODEL,
      unjudged: [{ behaviour: "memory-drift", end: "cost" as const }],
      warnings: ["A verdict counts as an abstention."],
      kept: 0,
      usage: NOTHING_SPENT,
    };
    const run = { run: "runs/a", rules: RULES, model: { name: "m/1", judgement } };
    expect(renderBehaviours(run, { color: false, width: 80 })).toBe(`Run         runs/a
Judged by   m/1, and rules

Shows
  planning
    steps 2–3, 50 % sure, by m/1 and rules
    m/1 on planning
    step 2, observation "a list"
  retry-loop
    steps 2–3, 50 % sure, by m/1
    m/1 on retry-loop
    step 2, observation "again"
  asks-for-help
    steps 2–3, 50 % sure, by m/1
    m/1 on asks-for-help
    step 2, observation "why?"

Rules and model disagree
  overconfidence: m/1: no, 50 % sure; rules: yes, steps 2–3, 50 % sure
    m/1: m/1 on overconfidence
    rules: rules on overconfidence
      step 2, observation "from rules"
  retry-loop: m/1: yes, steps 2–3, 50 % sure; rules: no, 50 % sure

Shows no
  overconfidence, tool-loop

Cannot be told
  validation: m/1 on validation

Left undone by the model
  memory-drift: the limit of cost was reached
  A verdict counts as an abstention.
`);
  });
});

describe("disagreements", () => {
  it("takes an abstention of either for none", () => {
    expect(disagreements(RULES, MODEL).map(({ behaviour }) => behaviour)).toEqual([
      "overconfidence",
      "retry-loop",
    ]);
  });
});
