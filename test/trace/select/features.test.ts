import { expect, test } from "vitest";
import { SELECT_FEATURES, stepFacts } from "../../../src/trace/select/features.ts";
import { finding, rules } from "./made-view.ts";

const logOdds = (probability: number) => Math.log(probability / (1 - probability));

const VIEW = {
  findings: [
    finding([2, 3], { kind: "fabricated_result", confidence: 0.5, stretch_share: 0.75 }),
    finding([4], { kind: "stuck_terminal", confidence: 0.8 }),
  ],
  rules: rules(5, { 2: 0.6, 4: 0.2 }),
  step_count: 5,
  resolved: null,
};

test("what is known of a step in figures", () => {
  const [found, free] = stepFacts(VIEW, [3, 5]).map((facts) =>
    Object.fromEntries(SELECT_FEATURES.map((feature) => [feature.name, feature.value(facts)])),
  );
  const kinds = {
    fabricated_result: 0,
    unbacked_success: 0,
    ignored_evidence: 0,
    wrong_change: 0,
    abandoned_direction: 0,
    stuck_terminal: 0,
  };
  const improbable = logOdds(0.02);
  expect(found).toEqual({
    ...kinds,
    fabricated_result: 1,
    confidence: 0,
    rank: 1 / 2,
    "stage-share": 0.75,
    rules: improbable / 4,
    "rules-block": logOdds(0.6) / 4,
    "rules-lead": (improbable - logOdds(0.6)) / 4,
    "rules-chosen": 0,
  });
  expect(free).toEqual({
    ...kinds,
    confidence: -3 / 4,
    rank: 0,
    "stage-share": 0,
    rules: improbable / 4,
    "rules-block": improbable / 4,
    "rules-lead": (improbable - logOdds(0.6)) / 4,
    "rules-chosen": 0,
  });
});
