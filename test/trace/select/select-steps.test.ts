import { describe, expect, test } from "vitest";
import { type ChosenStep, SELECTOR_DIGEST, selectSteps } from "../../../src/trace/select/index.ts";
import { finding, rules } from "./made-view.ts";

const FABRICATED = finding([8, 9], { kind: "fabricated_result", confidence: 0.8, stretch_share: 1 });
const RETRY = finding([3], { kind: "ignored_evidence", confidence: 0.1, stretch_share: 0.2 });
const VIEW = {
  findings: [RETRY, FABRICATED],
  rules: rules(12, { 8: 0.5, 11: 0.4 }),
  step_count: 12,
  resolved: false,
};

const counted = (steps: readonly ChosenStep[]) =>
  steps.filter((one) => one.counted).map((one) => one.step_id);
const probabilityOf = (steps: readonly ChosenStep[], id: number) =>
  steps.find((one) => one.step_id === id)?.probability ?? Number.NaN;

describe("selectSteps", () => {
  test("gives every step of every finding in step order, and counts what confidence and rules agree on", () => {
    expect(selectSteps(VIEW)).toEqual([
      { step_id: 3, probability: expect.any(Number), finding: RETRY, counted: false },
      { step_id: 8, probability: expect.any(Number), finding: FABRICATED, counted: true },
      { step_id: 9, probability: expect.any(Number), finding: FABRICATED, counted: expect.any(Boolean) },
    ]);
  });

  test("the most confident finding speaks for a step that two hold", () => {
    const surer = finding([9], { confidence: 0.9 });
    const steps = selectSteps({ ...VIEW, findings: [FABRICATED, surer] });
    expect(steps.map((one) => one.finding)).toEqual([FABRICATED, surer]);
  });

  test.each<[string, Parameters<typeof finding>[1]]>([
    ["more confidence", { confidence: 0.6 }],
    ["a fuller stage", { stretch_share: 1 }],
    ["a made-up result instead of a wrong change", { kind: "fabricated_result" }],
  ])("%s makes a step more probable", (_, given) => {
    const of = (one: Parameters<typeof finding>[1]) =>
      probabilityOf(selectSteps({ ...VIEW, findings: [finding([5], one)] }), 5);
    expect(of(given)).toBeGreaterThan(of({}));
  });

  test("the rules' suspicion makes a step more probable", () => {
    const of = (likely: Record<number, number>) =>
      probabilityOf(selectSteps({ ...VIEW, rules: rules(12, likely) }), 9);
    expect(of({ 9: 0.5 })).toBeGreaterThan(of({}));
  });

  test("a failed run with findings always has a counted step; one of unknown outcome only a probable one", () => {
    const weak = { ...VIEW, findings: [RETRY], rules: rules(12) };
    expect(counted(selectSteps({ ...weak, resolved: false }))).toEqual([3]);
    expect(counted(selectSteps({ ...weak, resolved: null }))).toEqual([]);
  });

  test("a solved run is blamed on strong grounds only", () => {
    const weak = { ...VIEW, rules: rules(12), resolved: true };
    expect(counted(selectSteps(weak))).toEqual([]);
    const strong = selectSteps({ ...weak, rules: rules(12, { 8: 0.9 }) });
    expect(counted(strong)).toEqual([8]);
    expect(strong).toHaveLength(3);
  });

  test("a threshold takes the place of the fitted count", () => {
    expect(counted(selectSteps(VIEW, 0))).toEqual([3, 8, 9]);
    expect(counted(selectSteps(VIEW, 1))).toEqual([]);
    const at = probabilityOf(selectSteps(VIEW), 9);
    expect(selectSteps(VIEW, at).find((one) => one.step_id === 9)?.counted).toBe(true);
  });

  test("without findings the steps of the rules count", () => {
    const none = { ...VIEW, findings: [] };
    const byRules = (step_id: number, probability: number) => ({
      step_id,
      probability,
      finding: null,
      counted: true,
    });
    expect(selectSteps(none)).toEqual([byRules(8, 0.5), byRules(11, 0.4)]);
    expect(selectSteps(none, 0.45)).toEqual([byRules(8, 0.5)]);
    expect(selectSteps({ ...none, rules: [] })).toEqual([]);
  });

  test("beside findings no step counts that only the rules point at", () => {
    expect(selectSteps(VIEW).map((one) => one.step_id)).not.toContain(11);
  });

  test("steps beyond the end are left out", () => {
    expect(selectSteps({ ...VIEW, findings: [finding([12, 13])] }).map((one) => one.step_id)).toEqual([12]);
  });

  test("confidences at both ends and rules without a word give probabilities", () => {
    const ends = [finding([1], { confidence: 0 }), finding([2], { confidence: 1 })];
    const steps = selectSteps({ findings: ends, rules: [], step_count: 2, resolved: null });
    for (const { probability } of steps) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
    }
  });

  test("is named by a digest", () => {
    expect(SELECTOR_DIGEST).toMatch(/^[0-9a-f]{16}$/);
  });
});
