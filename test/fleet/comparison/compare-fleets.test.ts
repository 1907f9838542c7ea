import { describe, expect, it } from "vitest";
import { compareFleets } from "../../../src/fleet/comparison/index.ts";
import type { RunFacts } from "../../../src/trajectory/index.ts";
import { madeFacts } from "./made-facts.ts";

const HOW = { seed: 1, resamples: 2000 };
const BROKEN = {
  outcome: {
    ...madeFacts("x", null, null).outcome,
    infrastructure_failure: { reason: "died", source: "log" },
  },
};
/** t4 is undecided in A; t5 is B's alone; one run of A has no task, one of B was broken. */
const A = [
  madeFacts("a1", "t1", true),
  madeFacts("a2", "t2", true),
  madeFacts("a3", "t2", true),
  madeFacts("a4", "t2", false),
  madeFacts("a5", "t3", false, { onset_step_id: 7, stage: "looping" }),
  madeFacts("a6", "t4", true),
  madeFacts("a7", "t4", false),
  madeFacts("a8", null, true),
];
const B = [
  madeFacts("b1", "t1", false, { onset_step_id: 3 }),
  madeFacts("b2", "t2", false),
  madeFacts("b3", "t3", true),
  madeFacts("b4", "t4", true),
  madeFacts("b5", "t5", true, { agent: "other" }),
  madeFacts("b6", "t1", true, BROKEN),
];

describe("compareFleets", () => {
  it("pairs by task, worked by hand", () => {
    const { solved, paired_tasks, a, b } = compareFleets(A, B, HOW);
    // A: (1 + 2/3 + 0 + 1/2) / 4; B: (0 + 0 + 1 + 1) / 4. t1 and t2 only by A, t3 only by B: McNemar 2 × P(X ≤ 1 of 3) = 1.
    expect(paired_tasks).toBe(4);
    expect(solved).toMatchObject({
      tasks: 4,
      rate_b: 0.5,
      only_a: 2,
      only_b: 1,
      both: 0,
      neither: 0,
      ties: 1,
      p: 1,
    });
    expect(solved.rate_a).toBeCloseTo(13 / 24, 12);
    expect(solved.difference).toBeCloseTo(-1 / 24, 12);
    expect([a.runs, a.solved, a.failed, a.without_task, a.paired_runs, a.unpaired_runs]).toEqual([
      8, 5, 3, 1, 7, 0,
    ]);
    expect([b.infrastructure, b.paired_runs, b.unpaired_runs, b.unpaired_tasks]).toEqual([1, 4, 1, 1]);
    expect(b.agents).toEqual([
      { agent: "agent 1 · model", runs: 5 },
      { agent: "other 1 · model", runs: 1 },
    ]);
  });

  it("lists what got worse and what got better, with every run", () => {
    const { regressions, gains } = compareFleets(A, B, HOW);
    expect(regressions.map(({ task_key }) => task_key)).toEqual(["t1", "t2"]);
    expect(gains.map(({ task_key }) => task_key)).toEqual(["t3"]);
    expect(regressions[0]).toEqual({
      task_key: "t1",
      task: "do t1",
      a: [
        {
          ...{ run_id: "a1", resolved: true, step_count: 1, score: 100 },
          ...{ onset_step_id: null, stage: null, reason: null },
        },
      ],
      b: [
        {
          ...{ run_id: "b1", resolved: false, step_count: 1, score: 70 },
          ...{ onset_step_id: 3, stage: "hypothesis", reason: "why b1 failed" },
        },
      ],
    });
    expect(regressions[1]?.a).toHaveLength(3);
  });

  it("lists as many as the test counts, whatever the runs", () => {
    for (let seed = 0; seed < 50; seed++) {
      const fleet = (name: string, from: number): RunFacts[] =>
        Array.from({ length: 12 }, (_, run) => {
          const dice = Math.imul(seed * 24 + from + run + 1, 0x9e3779b1) >>> 8;
          return madeFacts(`${name}${run}`, `t${dice % 5}`, [true, false, null][dice % 3] ?? null);
        });
      const { solved, regressions, gains } = compareFleets(fleet("a", 0), fleet("b", 12), HOW);
      expect([regressions.length, gains.length]).toEqual([solved.only_a, solved.only_b]);
    }
  });

  it("has the bootstrap interval that two tasks give", () => {
    // Differences 1 and 0: a resample is 0 or 1 with probability 1/4 each, so the 2.5 % and 97.5 % quantiles are those.
    const before = [madeFacts("a1", "t1", false), madeFacts("a2", "t2", true)];
    const after = [madeFacts("b1", "t1", true), madeFacts("b2", "t2", true)];
    const { solved } = compareFleets(before, after, HOW);
    expect(solved.interval).toEqual({ low: 0, high: 1 });
    const one = compareFleets(before.slice(0, 1), after, HOW).solved;
    expect([one.tasks, one.difference, one.interval]).toEqual([1, 1, null]);
  });

  it("compares what both record, per task", () => {
    const tokens = { input: 100, output: 10 };
    const before = [
      madeFacts("a1", "t1", true, { step_count: 10, cost_usd: 1 }),
      madeFacts("a2", "t1", true, { step_count: 20, tokens }),
      madeFacts("a3", "t2", true, { step_count: 5, cost_usd: 3 }),
    ];
    const after = [
      madeFacts("b1", "t1", true, { step_count: 10, cost_usd: 0.5 }),
      madeFacts("b2", "t2", true, { step_count: 0 }),
    ];
    const { measures } = compareFleets(before, after, HOW);
    const of = (name: string) => measures.find((one) => one.name === name);
    // t2 of B has no steps, and no cost: only t1 tells. Nobody but a2 records tokens.
    expect(of("steps")).toMatchObject({ tasks: 1, mean_a: 15, mean_b: 10, difference: -5, interval: null });
    expect(of("cost")).toMatchObject({ tasks: 1, mean_a: 1, mean_b: 0.5, difference: -0.5 });
    expect(of("input tokens")).toBeUndefined();
  });

  it("tests behaviours together, and leaves abstentions out", () => {
    const shows = (loop: boolean, plan: boolean | null) => ({ shows: { loop, plan } });
    const before = Array.from({ length: 6 }, (_, at) =>
      madeFacts(`a${at}`, `t${at}`, null, shows(true, null)),
    );
    const after = Array.from({ length: 6 }, (_, at) =>
      madeFacts(`b${at}`, `t${at}`, null, shows(false, at > 0)),
    );
    const more = [
      madeFacts("a6", "t6", null, shows(true, true)),
      madeFacts("b6", "t6", null, shows(true, false)),
    ];
    const { behaviours } = compareFleets([...before, ...more.slice(0, 1)], [...after, ...more.slice(1)], HOW);
    // loop: 6 tasks only in A, 1 in both: p = 2 / 2⁶ = 0.03125, doubled by Holm. plan: one task tells.
    expect(behaviours).toMatchObject([
      { name: "loop", tasks: 7, rate_a: 1, only_a: 6, only_b: 0, both: 1 },
      { name: "plan", tasks: 1, rate_a: 1, rate_b: 0, only_a: 1, only_b: 0, p: 1, p_corrected: 1 },
    ]);
    expect(behaviours[0]?.p).toBeCloseTo(0.03125, 12);
    expect(behaviours[0]?.p_corrected).toBeCloseTo(0.0625, 12);
    expect(behaviours[0]?.rate_b).toBeCloseTo(1 / 7, 12);
  });

  it("counts stages and clusters among the runs whose outcome is known", () => {
    const clusters = [{ name: "loops", run_ids_a: ["a5"], run_ids_b: ["a7"] }];
    const comparison = compareFleets(A, B, { ...HOW, clusters });
    const looping = comparison.stages.find(({ name }) => name === "looping");
    expect(looping).toMatchObject({ tasks: 4, rate_a: 0.25, rate_b: 0, only_a: 1, only_b: 0, neither: 3 });
    const hypothesis = comparison.stages.find(({ name }) => name === "hypothesis");
    // t2: 1/3 in A, all of B; t4: half of A; t1: B.
    expect(hypothesis).toMatchObject({ rate_b: 0.5, only_b: 2, ties: 1, neither: 1 });
    expect(hypothesis?.rate_a).toBeCloseTo((1 / 3 + 1 / 2) / 4, 12);
    expect(comparison.clusters).toMatchObject([
      { name: "loops", tasks: 4, rate_a: 0.25, rate_b: 0, only_a: 1 },
    ]);
  });

  it("is the same in any order and for the same seed, and says what it lacks", () => {
    const comparison = compareFleets(A, B, HOW);
    expect(compareFleets([...A].reverse(), [...B].reverse(), HOW)).toEqual(comparison);
    expect(comparison.notes).toEqual([
      "Only 4 tasks with known outcomes: the intervals are rough, and no difference can be told from chance unless it is great.",
      "As many solved as failed runs in a fleet, for 1 task: no side taken in the test, but counted in the rates.",
      "Several runs of one task count as one task, by their mean.",
      "A fleet holds runs of more than one agent or model: what differs cannot be laid to one of them.",
    ]);
    const apart = compareFleets(A.slice(0, 1), B.slice(1, 2), HOW);
    expect(apart).toMatchObject({
      paired_tasks: 0,
      solved: { tasks: 0, rate_a: null, difference: null, interval: null, p: 1 },
      measures: [],
      behaviours: [],
      stages: [],
      notes: ["No task has runs in both fleets: nothing is compared. Tasks are told apart by their text."],
    });
  });
});
