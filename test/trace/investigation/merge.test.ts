import { describe, expect, test } from "vitest";
import type { Finding, Investigation } from "../../../src/trace/investigation/investigation.ts";
import { mergeInvestigations } from "../../../src/trace/investigation/merge.ts";

function finding(step_ids: number[], confidence: number, more: Partial<Finding> = {}): Finding {
  return {
    step_ids,
    kind: "wrong_change",
    confidence,
    stretch: [Math.min(...step_ids), Math.max(...step_ids)],
    stretch_share: 1,
    evidence: [{ step_id: step_ids[0] ?? 0, where: "action", quote: `step ${step_ids[0]}` }],
    reasoning: `steps ${step_ids.join(" ")}`,
    later: "unknown",
    ...more,
  };
}

function pass(findings: Finding[], more: Partial<Investigation> = {}): Investigation {
  return {
    findings,
    unuseful: [],
    summary: "",
    root_cause_chain: [],
    critical_decisions: [],
    strategy: null,
    warnings: [],
    ...more,
  };
}

const stepsAndConfidence = (findings: readonly Finding[]): unknown[] =>
  findings.map((one) => [one.step_ids, Math.round(one.confidence * 1000) / 1000]);

test("one pass is taken as it is", () => {
  const only = pass([finding([9], 0.2), finding([1], 0.5)]);
  expect(mergeInvestigations([only])).toEqual({ investigation: only, agreement: null });
});

test("no pass at all is a bug", () => {
  expect(() => mergeInvestigations([])).toThrow("no investigation to merge");
});

const cases: { name: string; passes: Finding[][]; merged: [number[], number][]; agreement: number }[] = [
  {
    name: "the same block in both: the mean confidence",
    passes: [[finding([4, 5], 0.8)], [finding([4, 5], 0.4)]],
    merged: [[[4, 5], 0.6]],
    agreement: 1,
  },
  {
    name: "a block of one pass of two: half of its confidence",
    passes: [[finding([4], 0.8)], []],
    merged: [[[4], 0.4]],
    agreement: 0,
  },
  {
    name: "a step stays where half of the passes have it",
    passes: [[finding([4, 5], 0.9)], [finding([5, 6], 0.6)], [finding([5, 6], 0.6)]],
    merged: [[[5, 6], 0.7]],
    agreement: (1 / 3 + 1 / 3 + 1) / 3,
  },
  {
    name: "two blocks of a pass that a wide one covers count once",
    passes: [[finding([4], 0.9), finding([6], 0.3)], [finding([4, 5, 6], 0.5)]],
    merged: [[[4, 5, 6], 0.7]],
    agreement: 2 / 3,
  },
  {
    name: "a block joins the one with most in common, and a step of two goes to the surer one",
    passes: [[finding([1, 2, 3], 0.9), finding([5, 6], 0.8)], [finding([3, 5, 6], 0.4)]],
    merged: [
      [[1, 2], 0.45],
      [[3, 5, 6], 0.6],
    ],
    agreement: 3 / 5,
  },
  {
    name: "passes that find nothing agree",
    passes: [[], []],
    merged: [],
    agreement: 1,
  },
];

describe("findings are merged", () => {
  test.each(cases)("$name", ({ passes, merged, agreement }) => {
    const result = mergeInvestigations(passes.map((findings) => pass(findings)));
    expect(stepsAndConfidence(result.investigation.findings)).toEqual(merged);
    expect(result.agreement).toBeCloseTo(agreement);
  });

  test("kind and fate by majority, words of the surest, each quote once", () => {
    const quotes = [
      { step_id: 3, where: "action" as const, quote: "three" },
      { step_id: 5, where: "action" as const, quote: "five" },
    ];
    const { investigation } = mergeInvestigations([
      pass([
        finding([4, 5], 0.9, { evidence: quotes, reasoning: "surest", stretch: [2, 6], stretch_share: 0.4 }),
      ]),
      pass([
        finding([5], 0.6, { kind: "unbacked_success", later: "kept", evidence: quotes, stretch_share: 1 }),
      ]),
      pass([finding([5], 0.6, { kind: "unbacked_success", later: "kept", better_alternative: "better" })]),
    ]);
    expect(investigation.findings).toEqual([
      {
        step_ids: [5],
        kind: "unbacked_success",
        confidence: expect.closeTo(0.7),
        stretch: [2, 6],
        stretch_share: expect.closeTo(0.8),
        evidence: [quotes[1], { step_id: 5, where: "action", quote: "step 5" }, quotes[0]],
        reasoning: "surest",
        later: "kept",
        better_alternative: "better",
      },
    ]);
  });
});

test("the rest: unuseful steps of half of the passes, the words of the pass that comes closest, every warning once", () => {
  const evidence = [{ step_id: 8, where: "action" as const, quote: "ls" }];
  const unuseful = (step_ids: number[]): Investigation["unuseful"] => [
    { step_ids, evidence, reasoning: "again" },
  ];
  const { investigation } = mergeInvestigations([
    pass([finding([4], 0.1)], { summary: "far", warnings: ["w"], unuseful: unuseful([8, 9]) }),
    pass([finding([6, 7], 0.9)], {
      summary: "close",
      strategy: "s",
      warnings: ["w"],
      unuseful: unuseful([8, 6]),
    }),
    pass([finding([6, 7], 0.9), finding([4], 0.1)], { summary: "closest", root_cause_chain: ["c"] }),
  ]);
  expect(investigation).toMatchObject({
    unuseful: [{ step_ids: [8], evidence, reasoning: "again" }],
    summary: "closest",
    root_cause_chain: ["c"],
    strategy: null,
    warnings: ["w"],
  });
});
