import { describe, expect, test } from "vitest";
import { fitSelector, probabilities, select } from "../../../bench/fit-selector/fit.ts";
import { FORMS, SHIPPED, SUMS } from "../../../bench/fit-selector/plans.ts";
import { type SelectRun, selectRun, unitsOf } from "../../../bench/fit-selector/select-run.ts";
import { weightsJson, weightsOf } from "../../../bench/fit-selector/weights-file.ts";
import { stepProbabilities } from "../../../src/trace/select/probability.ts";
import { look } from "../../support/steps.ts";
import { rules } from "../../trace/select/made-view.ts";
import { madeRun, madeRuns } from "../fit-rules/made-runs.ts";
import { madeFindings } from "./made-sessions.ts";

function selectRuns(): SelectRun[] {
  const runs = madeRuns();
  const findings = madeFindings(runs);
  return runs.map((run) => selectRun(run, findings.get(run.traj_id) ?? [], rules(run.features.length)));
}

describe("fitSelector", () => {
  test.each([SHIPPED, ...FORMS, ...SUMS].map((plan) => [plan.name, plan] as const))(
    "%s counts what annotated findings have in common",
    (_, plan) => {
      const runs = selectRuns();
      const selector = fitSelector(runs, plan);
      for (const one of runs) expect(select(one, selector)).toContain(one.run.gold[0]);
    },
  );

  test("the same bytes twice", () => {
    const bytes = () => {
      const runs = selectRuns();
      const used = runs.map((one) => one.run);
      return weightsJson(weightsOf(fitSelector(runs, SHIPPED), used, { date: "2025-01-31", command: "c" }));
    };
    expect(bytes()).toBe(bytes());
  });

  test("the weights file gives the probabilities of the fit", () => {
    const runs = selectRuns();
    const selector = fitSelector(runs, SHIPPED);
    const weights = weightsOf(selector, [], { date: "2025-01-31", command: "c" });
    for (const one of runs) {
      const { run, findings } = one;
      const view = {
        findings,
        rules: one.rules,
        step_count: run.features.length,
        resolved: run.resolved,
      };
      const units = probabilities(one, selector);
      const ids = units.flatMap((unit) => unit.step_ids);
      stepProbabilities(view, ids, weights).forEach((probability, index) => {
        expect(probability).toBeCloseTo(units[index]?.probability ?? Number.NaN, 3);
      });
    }
  });

  test("an unlabelled run is no negative", () => {
    const runs = selectRuns();
    const unlabelled = madeRun({ task: "zz", gold: [], run: [look("ls", "a"), look("cat a", "b")] });
    const findings = [
      { step_ids: [2], kind: "fabricated_result", confidence: 0.7, stretch_share: 1 } as const,
    ];
    const more = [...runs, selectRun(unlabelled, findings, rules(2))];
    // The made task comes last, so that the folds of the others stay as they are.
    expect(fitSelector(more, SHIPPED)).toEqual(fitSelector(runs, SHIPPED));
  });
});

test("units are steps or blocks of findings, and free steps as the pool says", () => {
  const run = madeRun({ task: "t", gold: [2], run: ["a", "b", "c", "d"].map((name) => look(name, name)) });
  const findings = [
    { step_ids: [2, 3], kind: "wrong_change", confidence: 0.5, stretch_share: 0.5 } as const,
    { step_ids: [3], kind: "wrong_change", confidence: 0.2, stretch_share: 1 } as const,
  ];
  const one = selectRun(run, findings, rules(4, { 4: 0.5 }));
  const ids = (unit: "step" | "block", pool: "findings" | "with_rules" | "all") =>
    unitsOf(one, { ...SHIPPED, unit, pool }).map(({ step_ids }) => step_ids);
  expect(ids("step", "findings")).toEqual([[2], [3]]);
  expect(ids("step", "with_rules")).toEqual([[2], [3], [4]]);
  expect(ids("block", "findings")).toEqual([[2, 3], [3]]);
  expect(ids("block", "all")).toEqual([[1], [2, 3], [3], [4]]);
});
